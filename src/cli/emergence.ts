/** `isoloss emergence`: fit a table, or take a law, and read its loss with different rulers. */
import type { Ruler } from '../plan/rulers.ts';
import { emergenceJson, emergenceText, emergenceWarnings, type EmergenceReport } from '../report/emergence.ts';
import { BUDGETS } from '../report/frontier.ts';
import { verdictText } from '../report/rulers.ts';
import { emergenceOf, type EmergenceOptions } from '../stats/emergence.ts';
import { askedLaw, remarkOnResampling } from './asked.ts';
import type { EmergenceCommand } from './emergence-options.ts';
import { EXIT } from './exit.ts';
import { withOptionNames } from './option-names.ts';
import { checkPlace, deliver, isHtml, isJson, remark } from './output.ts';
import { exitCode, remarkOnFit } from './table-fit.ts';

const NAMES = ['budgets', 'sizes', 'trainTokens'];
const [TOKENS, CHOICES] = [[5], 4];

/** Exit code: 0, 3 where the certificate of the fit fails, 130 where it was stopped and this is what was done. */
export async function runEmergence(command: EmergenceCommand, signal: AbortSignal): Promise<number> {
  if (command.out !== undefined) await checkPlace(command.out);
  const asked = await askedLaw(command, signal);
  const options = optionsOf(command);
  const emergence = await withOptionNames(NAMES, async () => emergenceOf(asked, options));
  const errorSource = command.error?.source;
  const report: EmergenceReport = { ...asked, options, emergence, ...(errorSource !== undefined && { errorSource }) };
  await deliver(await written(report, command), command);
  if (!command.quiet) remarkOn(report, command);
  return asked.fit ? exitCode(asked.fit, signal) : EXIT.done;
}

function optionsOf(command: EmergenceCommand): EmergenceOptions {
  const { sizes, budgets = BUDGETS, ratio, trainTokens = NaN, floor, items } = command;
  const models = sizes?.map((N) => ({ N, D: ratio === undefined ? trainTokens : ratio * N }));
  return {
    scale: models ? { models } : { budgets },
    rulers: rulersOf(command),
    ...(floor !== undefined && { floor }),
    ...(items !== undefined && { items }),
  };
}

function rulersOf({ tokens, choices: options = CHOICES, error }: EmergenceCommand): Ruler[] {
  const answers = tokens.length > 0 ? [...new Set(tokens)] : TOKENS;
  return [
    { kind: 'loss' }, { kind: 'token-accuracy' },
    ...answers.flatMap((each): Ruler[] => [{ kind: 'edit-distance', tokens: each }, { kind: 'exact-match', tokens: each }]),
    { kind: 'brier', options }, { kind: 'multiple-choice', options },
    ...(error ? [{ kind: 'error' as const, epsilon: error.epsilon, kappa: error.kappa, gamma: error.gamma }] : []),
  ];
}

async function written(report: EmergenceReport, command: EmergenceCommand): Promise<string> {
  if (isJson(command)) return `${JSON.stringify(emergenceJson(report), null, 2)}\n`;
  if (!isHtml(command)) return emergenceText(report);
  const [{ htmlEmergence }, { plotlySource }] = await Promise.all([import('../document/emergence.ts'), import('./report.ts')]);
  return htmlEmergence({ report, plotly: await plotlySource() });
}

/** What a text on the screen would have shown, what is missing, and where it was written. */
function remarkOn(report: EmergenceReport, command: EmergenceCommand): void {
  if (isJson(command) || command.out !== undefined) {
    remark(verdictText(report.emergence));
    for (const warning of emergenceWarnings(report)) remark(`warning: ${warning}`);
    if (report.fit) remarkOnFit(report.fit);
  }
  remarkOnResampling(report, command);
  if (command.out !== undefined) remark(`wrote ${command.out}`);
}
