/** The table of samples of the page, and what came out of it: asked anew where the table or a setting changes. */
import { batch, effect, signal } from '@preact/signals';
import { clear, fail, inWorker } from './engine.ts';
import * as settings from './plan-settings.ts';
import type { SampledTable, SamplesRequest } from './sampling.ts';
import * as state from './state.ts';

/** What was chosen, dropped or pasted. */
export const given = signal<{ readonly file: Blob; readonly name: string } | undefined>(undefined);
/** Of that; while another answer is awaited, the one before. */
export const sampled = signal<SampledTable | undefined>(undefined);
export const reading = signal(false);

export function takeSamples(file: File): void {
  given.value = { file, name: file.name };
}

export function pasteSamples(text: string): void {
  given.value = { file: new Blob([text]), name: 'pasted table' };
}

/** Which table was asked about last: what others bring is late. */
let latest = 0;

effect(() => {
  const [table, request] = [given.value, requestOf()];
  const mine = ++latest;
  batch(() => {
    clear('samples');
    reading.value = table !== undefined;
    if (!table) sampled.value = undefined;
  });
  if (table) void ask(table, request, () => mine === latest);
});

function requestOf(): SamplesRequest {
  const { countsOf, numbersOf, samplesColumns: columns, samplesAt: at, samplesTargets: targets, samplesTokens: tokens, samplesVerifier: verifier } = settings;
  return {
    columns: columns.value,
    options: {
      samples: countsOf(at.value), targets: numbersOf(targets.value), confidence: state.confidence.value, seed: state.seed.value,
      ...(tokens.value !== undefined && { tokens: tokens.value }), ...(verifier.value && { verifier: verifier.value }),
    },
  };
}

async function ask(table: NonNullable<typeof given.value>, request: SamplesRequest, current: () => boolean): Promise<void> {
  try {
    const answer = await (await inWorker()).samples(table, request);
    if (current()) sampled.value = answer;
  } catch (error) {
    if (!current()) return;
    sampled.value = undefined;
    fail('samples', inPage(error as Error & { place?: { option?: string } }));
  } finally {
    if (current()) reading.value = false;
  }
}

/** What is to be done here, for what a program would be told; beside the field that it is about. */
function inPage(error: Error & { place?: { option?: string } }): Error {
  error.message = error.message.replace(/Name it: --columns (\w+)=NAME, in code .*$/, 'Name it in the field for columns: $1:NAME.')
    .replace(/name the column of models: --columns model=NAME\./i, (words) => words.replace('--columns model=NAME', 'model:NAME in the field for columns'));
  if (error.place?.option === 'columns') error.place = { ...error.place, option: settings.samplesColumns.key };
  return error;
}
