/** `isoloss samples`: read how many samples of each problem are right, and say what more of them are worth. */
import { readSamplesFrom, type SampleTable } from '../node.ts';
import { samplesJson, samplesText, samplesWarnings, type SamplesReport } from '../report/samples.ts';
import { coverageOf, type CoverageOptions } from '../stats/coverage.ts';
import { EXIT } from './exit.ts';
import { stoppable } from './interrupt.ts';
import { asWarnings, checkPlace, deliverResult } from './output.ts';
import type { SamplesCommand } from './samples-options.ts';
import { placedIn } from './source.ts';

/** Exit code: 0, 3 where the minimum of a fit is not certified. */
export async function runSamples(command: SamplesCommand, signal: AbortSignal): Promise<number> {
  if (command.out !== undefined) await checkPlace(command.out);
  const table = await readTable(command, signal);
  const options = optionsOf(command);
  const report: SamplesReport = { table, options, coverage: coverageOf(table.models, options) };
  await deliverResult({
    json: () => samplesJson(report), text: () => samplesText(report),
    page: async (plotly) => (await import('../document/samples.ts')).htmlSamples({ report, plotly }),
  }, { unseen: asWarnings(samplesWarnings(report)) }, command);
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
