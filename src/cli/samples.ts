/** `isoloss samples`: read how many samples of each problem are right, and say what more of them are worth. */
import { readSamplesFrom, type SampleTable } from '../node.ts';
import { samplesJson, samplesText, samplesWarnings, type SamplesReport } from '../report/samples.ts';
import { coverageOf, type CoverageOptions } from '../stats/coverage.ts';
import { EXIT } from './exit.ts';
import { stoppable } from './interrupt.ts';
import { checkPlace, deliver, isHtml, isJson, remark } from './output.ts';
import type { SamplesCommand } from './samples-options.ts';
import { placedIn } from './source.ts';

/** Exit code: 0, 3 where the minimum of a fit is not certified. */
export async function runSamples(command: SamplesCommand, signal: AbortSignal): Promise<number> {
  if (command.out !== undefined) await checkPlace(command.out);
  const table = await readTable(command, signal);
  const options = optionsOf(command);
  const report: SamplesReport = { table, options, coverage: coverageOf(table.models, options) };
  await deliver(await written(report, command), command);
  if (!command.quiet) remarkOn(report, command);
  return report.coverage.models.some(({ fit }) => fit?.verdict === 'fail') ? EXIT.uncertified : EXIT.done;
}

function readTable({ source, columns, format }: SamplesCommand, signal: AbortSignal): Promise<SampleTable> {
  const read = () => readSamplesFrom(source, { columns, signal, ...(format && { format }) });
  return placedIn(source === '-' ? 'standard input' : source, () => stoppable(read(), signal, 0));
}

function optionsOf({ samples, targets, verifier, tokens, replicates, seed, confidence }: SamplesCommand): CoverageOptions {
  return {
    samples, targets,
    ...(verifier && { verifier }),
    ...(tokens !== undefined && { tokens }),
    ...(replicates !== undefined && { replicates }),
    ...(seed !== undefined && { seed }),
    ...(confidence !== undefined && { confidence }),
  };
}

async function written(report: SamplesReport, command: SamplesCommand): Promise<string> {
  if (isJson(command)) return `${JSON.stringify(samplesJson(report), null, 2)}\n`;
  if (!isHtml(command)) return samplesText(report);
  const [{ htmlSamples }, { plotlySource }] = await Promise.all([import('../document/samples.ts'), import('./report.ts')]);
  return htmlSamples({ report, plotly: await plotlySource() });
}

/** What a text on the screen would have shown, and where it was written. */
function remarkOn(report: SamplesReport, command: SamplesCommand): void {
  if (isJson(command) || command.out !== undefined) for (const warning of samplesWarnings(report)) remark(`warning: ${warning}`);
  if (command.out !== undefined) remark(`wrote ${command.out}`);
}
