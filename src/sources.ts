/** Where a table comes from in Node: a file, an http(s) address, or standard input. */

import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import type { TableSource } from './data/bytes.ts';
import { readCurves, type ReadCurvesOptions, type TrainingCurves } from './data/curves.ts';
import { readSweep, type ReadOptions } from './data/read.ts';
import { InputError } from './errors.ts';
import { readSamples, type ReadSamplesOptions, type SampleTable } from './plan/sample-table.ts';
import type { Sweep } from './types.ts';

/** What stands for standard input. */
interface Stdin {
  /** Default: process.stdin. */
  readonly stdin?: AsyncIterable<Uint8Array>;
}

/** `ReadOptions`, and what stands for standard input. */
export interface SourceOptions extends ReadOptions, Stdin {}

/** `ReadCurvesOptions`, and what stands for standard input. */
export interface CurvesSourceOptions extends ReadCurvesOptions, Stdin {}

/**
 * `readSweep` of a path, an http(s) address, or "-" for standard input. The sweep is named as it was given here,
 * "-" as "standard input".
 * @throws InputError as `readSweep` does, and where the file cannot be read.
 */
export async function readSweepFrom(source: string, { stdin, ...options }: SourceOptions = {}): Promise<Sweep> {
  return readSweep(await contentOf(source, stdin, options.signal), { name: nameOf(source), ...options });
}

/**
 * `readCurves` of a path, an http(s) address, or "-" for standard input, named as in `readSweepFrom`.
 * @throws InputError as `readCurves` does, and where the file cannot be read.
 */
export async function readCurvesFrom(source: string, { stdin, ...options }: CurvesSourceOptions = {}): Promise<TrainingCurves> {
  return readCurves(await contentOf(source, stdin, options.signal), { name: nameOf(source), ...options });
}

/** `ReadSamplesOptions`, and what stands for standard input. */
export interface SamplesSourceOptions extends ReadSamplesOptions, Stdin {}

/**
 * `readSamples` of a path, an http(s) address, or "-" for standard input, named as in `readSweepFrom`.
 * @throws InputError as `readSamples` does, and where the file cannot be read.
 */
export async function readSamplesFrom(source: string, { stdin, ...options }: SamplesSourceOptions = {}): Promise<SampleTable> {
  return readSamples(await contentOf(source, stdin, options.signal), { name: nameOf(source), ...options });
}

function nameOf(source: string): string {
  return source === '-' ? 'standard input' : source;
}

async function contentOf(source: string, stdin: AsyncIterable<Uint8Array> = process.stdin, signal?: AbortSignal): Promise<TableSource> {
  if (source === '-') return readStream(stdin);
  return /^https?:/i.test(source) ? address(source) : readPath(source, signal);
}

async function readStream(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await buffer(stream));
}

function address(source: string): URL {
  if (URL.canParse(source)) return new URL(source);
  throw new InputError(`${source}: expected an address such as https://host/runs.csv, got one that is none. Check it.`);
}

async function readPath(path: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  try {
    return await readFile(path, signal ? { signal } : {});
  } catch (error) {
    signal?.throwIfAborted();
    throw unreadable(error as NodeJS.ErrnoException, path);
  }
}

function unreadable(error: NodeJS.ErrnoException, path: string): InputError {
  const [got, remedy] = REASONS[error.code ?? ''] ?? [error.code ?? error.message, 'Check the path.'];
  return new InputError(`${path}: expected a file, got ${got}. ${remedy}`, { cause: error });
}

const REASONS: Readonly<Record<string, readonly [got: string, remedy: string]>> = {
  ENOENT: ['nothing there', 'Check the path.'],
  ENOTDIR: ['a path through something that is no directory', 'Check the path.'],
  EISDIR: ['a directory', 'Give a file in it.'],
  EACCES: ['one that may not be read', 'Check its permissions.'],
  EPERM: ['one that may not be read', 'Check its permissions.'],
};
