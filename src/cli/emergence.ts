/** `isoloss emergence`: fit a table, or take a law, and read its loss with different rulers. */
import type { Ruler } from '../plan/rulers.ts';
import { emergenceJson, emergenceText, emergenceWarnings, type EmergenceReport } from '../report/emergence.ts';
import { BUDGETS } from '../report/frontier.ts';
import { verdictText } from '../report/rulers.ts';
import { emergenceOf, type EmergenceOptions } from '../stats/emergence.ts';
import { askedLaw, resamplingRemarks } from './asked.ts';
import type { EmergenceCommand } from './emergence-options.ts';
import { EXIT } from './exit.ts';
import { withOptionNames } from './option-names.ts';
import { asWarnings, checkPlace, deliverResult } from './output.ts';
import { exitCode, fitRemarks } from './table-fit.ts';

const NAMES = ['budgets', 'sizes', 'trainTokens'];
const [TOKENS, CHOICES] = [[5], 4];

/** Exit code: 0, 3 where the certificate of the fit fails, 130 where it was stopped and this is what was done. */
export async function runEmergence(command: EmergenceCommand, signal: AbortSignal): Promise<number> {
  if (command.out !== undefined) await checkPlace(command.out);
  const asked = await askedLaw(command, signal);
  const options = optionsOf(command);
  const emergence = await withOptionNames(asked.fit ? [...NAMES, 'law'] : NAMES, async () => emergenceOf(asked, options));
  const errorSource = command.error?.source;
  const report: EmergenceReport = { ...asked, options, emergence, ...(errorSource !== undefined && { errorSource }) };
  await deliverResult({
    json: () => emergenceJson(report), text: () => emergenceText(report),
    page: async (plotly) => (await import('../document/emergence.ts')).htmlEmergence({ report, plotly }),
  }, {
    unseen: [verdictText(emergence), ...asWarnings(emergenceWarnings(report)), ...(asked.fit ? fitRemarks(asked.fit) : [])],
    always: resamplingRemarks(asked, command),
  }, command);
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
