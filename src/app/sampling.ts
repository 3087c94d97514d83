/** Test-time compute in the worker: reads a table of samples, and answers what is asked of it; loaded when it is asked for first. */
import { coverageOf, readSamples, samplesJson, type Coverage, type CoverageOptions, type SampleRole } from '../index.ts';
import { tableOf, type Given } from './opening.ts';

export interface SamplesRequest {
  /** Chosen by hand, by role. */
  readonly columns: Readonly<Partial<Record<SampleRole, string>>>;
  readonly options: CoverageOptions;
}

/** What was read, what came out, and what is to be said of it, a sentence each. */
export interface SampledTable {
  readonly name: string;
  readonly coverage: Coverage;
  /** Of every two models. */
  readonly trades: readonly string[];
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
}

/** @throws InputError where the table cannot be read. */
export async function samplesFor(given: Given, { columns, options }: SamplesRequest, signal: AbortSignal): Promise<SampledTable> {
  const [source, named] = tableOf(given);
  const table = await readSamples(source, { ...named, columns, signal });
  signal.throwIfAborted();
  const coverage = coverageOf(table.models, options);
  const { sentences, warnings, notes } = samplesJson({ table, options, coverage });
  return { name: table.name, coverage, trades: sentences, warnings, notes };
}
