/** `isoloss samples` as it is asked for. */
import { readCount } from '../data/counts.ts';
import type { Format } from '../data/formats.ts';
import type { Verifier } from '../plan/pass.ts';
import { SAMPLE_ROLES, type SampleRole } from '../plan/sample-table.ts';
import { parseCounts } from '../simulate/spec.ts';
import type { Options, Spec } from './command.ts';
import { refusal, suggest } from './usage.ts';
import { OUTPUT_OPTIONS, readBy, readConfidence, readNumber, readSeed, refused, TABLE_OPTIONS, whole, type Output } from './values.ts';

/** What is absent was not given. */
export interface SamplesCommand extends Output {
  readonly name: 'samples';
  /** File, http(s) address, or "-". */
  readonly source: string;
  readonly columns: Partial<Record<SampleRole, string>>;
  format?: Format;
  readonly samples: number[];
  readonly targets: number[];
  verifier?: Verifier;
  tokens?: number;
  replicates?: number;
  seed?: number;
  confidence?: number;
}

const MOST_REPLICATES = 1e6;

/** All of --at, --target and --columns count, of others the last. */
const OPTIONS: Options<SamplesCommand> = {
  ...OUTPUT_OPTIONS,
  columns: { set({ columns }, value, where) { readColumns(columns, value, where); } },
  format: TABLE_OPTIONS['format'],
  at: { set({ samples }, value, where) { samples.push(...readSamples(value, where)); } },
  target: { set({ targets }, value, where) { targets.push(...value.split(',').map((share) => readTarget(share.trim(), where))); } },
  verifier: { set(command, value, where) { command.verifier = readVerifier(value, where); } },
  tokens: { set(command, value, where) { command.tokens = readTokens(value, where); } },
  bootstrap: { set(command, value, where) { command.replicates = readReplicates(value, where); } },
  seed: { set(command, value, where) { command.seed = readSeed(value, where); } },
  confidence: { set(command, value, where) { command.confidence = readConfidence(value, where); } },
};

export const samplesSpec: Spec<SamplesCommand> = {
  options: OPTIONS,
  begin,
  check: () => {},
  help: async () => (await import('./samples-help.ts')).SAMPLES_HELP,
  run: async (command, signal) => (await import('./samples.ts')).runSamples(command, signal),
};

function begin(sources: readonly string[]): SamplesCommand {
  const [source] = sources;
  if (sources.length === 1 && source !== '') return { name: 'samples', source, columns: {}, samples: [], targets: [], json: false, quiet: false };
  const got = sources.length === 0 ? 'none' : sources.map((each) => `"${each}"`).join(' and ');
  throw refusal('isoloss samples', 'one table, a file, an address or -', got, 'It has a row a problem: problem,n,c. See isoloss help samples.');
}

/** "c=num passed,n=attempts" */
function readColumns(columns: SamplesCommand['columns'], value: string, where: string): void {
  for (const part of value.split(/,(?=\s*\w+=)/)) {
    const [, role = '', name = ''] = /^\s*(\w+)=(.+)$/s.exec(part) ?? [];
    const known = SAMPLE_ROLES.find((each) => each === role);
    if (known === undefined) {
      const remedy = 'Write it as in --columns "n=attempts,c=num passed".';
      throw refused(where, `ROLE=NAME with a role of ${SAMPLE_ROLES.join(', ')}`, part, role ? suggest(role, SAMPLE_ROLES, remedy) : remedy);
    }
    columns[known] = name;
  }
}

function readSamples(value: string, where: string): number[] {
  const counts = readBy(parseCounts)(value, where).map((count) => (value.includes('..') ? Math.round(count) : count));
  const wrong = counts.find((count) => !(count >= 1 && Number.isSafeInteger(count)));
  if (wrong === undefined) return [...new Set(counts)];
  throw refused(where, 'whole numbers of samples such as 1000,10000 or 100..1M:5', value, 'Of one or more.');
}

function readTarget(value: string, where: string): number {
  const number = readNumber(value);
  if (number > 0 && number < 1) return number;
  throw refused(where, 'coverages between 0 and 1 such as 0.9', value, 'Write 90 % as 0.9.');
}

/** "0.9:0.05" */
function readVerifier(value: string, where: string): Verifier {
  const [truePositive, falsePositive, ...rest] = value.split(':').map((part) => readNumber(part.trim()));
  if (rest.length === 0 && [truePositive, falsePositive].every((share) => share >= 0 && share <= 1)) return { truePositive, falsePositive };
  throw refused(where, 'RIGHT:WRONG, shares that it accepts, such as 0.9:0.05', value, 'Write 90 % as 0.9.');
}

function readTokens(value: string, where: string): number {
  const tokens = readCount(value);
  if (tokens > 0 && tokens < Infinity) return tokens;
  throw refused(where, 'generated tokens of a sample such as 500', value, 'Where models differ, give a column of them: tokens.');
}

function readReplicates(value: string, where: string): number {
  const number = readNumber(value);
  return number === 0 ? 0 : whole(value, where, 2, MOST_REPLICATES);
}
