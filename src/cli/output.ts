/** Text on its way out: to standard output, to a file, to standard error. */
import { constants } from 'node:fs';
import { access, readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { InputError } from '../errors.ts';
import type { Output } from './values.ts';

/** A result in each form that it has. */
export interface Result {
  readonly json: () => unknown;
  readonly text: () => string;
  /** With charts, which the source of plotly within it draws. */
  readonly page: (plotly: string) => Promise<string>;
}

/** What is said of a result on standard error, a line each. */
export interface Remarks {
  /** What a text on the screen shows: said where there is none. */
  readonly unseen?: readonly string[];
  readonly always?: readonly string[];
}

/**
 * Writes a result in the form and to the place that were asked for, and says what is to be known of it unless it is to be quiet.
 * @throws InputError where the place cannot be written after all: the result is on standard output then, a page as text.
 */
export async function deliverResult(result: Result, { unseen = [], always = [] }: Remarks, command: Output): Promise<void> {
  const text = await written(result, command);
  const failure = await deliver(text, command).catch((error: unknown) => {
    if (command.out === undefined) throw error;
    return error as Error;
  });
  if (failure) await writeOut(isHtml(command) ? result.text() : text);
  if (!command.quiet) {
    const isSeen = !isJson(command) && (command.out === undefined || failure);
    for (const line of [...(isSeen ? [] : unseen), ...always]) remark(line);
    if (command.out !== undefined && !failure) remark(`wrote ${command.out}`);
  }
  if (failure) throw new InputError(`${failure.message} The result is on standard output instead.`, { cause: failure });
}

async function written({ json, text, page }: Result, command: Output): Promise<string> {
  if (isJson(command)) return `${JSON.stringify(json(), null, 2)}\n`;
  return isHtml(command) ? page(await plotlySource()) : text();
}

function plotlySource(): Promise<string> {
  return readFile(createRequire(import.meta.url).resolve('plotly.js-cartesian-dist-min'), 'utf8');
}

/** "warning: …" */
export function asWarnings(warnings: Iterable<string>): string[] {
  return Array.from(warnings, (warning) => `warning: ${warning}`);
}

/** Is the result to be JSON? */
function isJson({ json, out }: Output): boolean {
  return json || /\.json$/i.test(out ?? '');
}

/** Is it to be a page with charts? What --json asks for comes first. */
export function isHtml({ json, out }: Output): boolean {
  return !json && /\.html?$/i.test(out ?? '');
}

/** Writes the result where it was asked for. */
export function deliver(text: string, { out }: Output): Promise<void> {
  return out === undefined ? writeOut(text) : writeTo(out, text);
}

/** Resolves when all of it is written. A reader that has gone, as in `isoloss fit | head -1`, is no mistake. */
export async function writeOut(text: string, stream: NodeJS.WritableStream = process.stdout): Promise<void> {
  const failure = await new Promise<NodeJS.ErrnoException | null | undefined>((done) => {
    stream.on('error', done);
    stream.write(text, done);
  });
  if (failure && failure.code !== 'EPIPE') throw unwritable('standard output', failure);
}

/** Finds out before the work what would come out after it. @throws InputError where no such file can be written. */
export async function checkPlace(path: string): Promise<void> {
  try {
    const there = await stat(path).catch(unlessMissing);
    if (there?.isDirectory()) throw Object.assign(new Error('a directory'), { code: 'EISDIR' });
    await access(there ? path : dirname(path), constants.W_OK);
  } catch (error) {
    throw unwritable(path, error as NodeJS.ErrnoException);
  }
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

/** Replaces what the file held. @throws InputError where it cannot be written. */
async function writeTo(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    throw unwritable(path, error as NodeJS.ErrnoException);
  }
}

/** One remark a line on standard error. */
export function remark(text: string): void {
  process.stderr.write(`isoloss: ${text}\n`);
}

const REASONS: Readonly<Record<string, readonly [got: string, remedy: string]>> = {
  ENOENT: ['a folder that does not exist', 'Make it, or give another.'],
  ENOTDIR: ['a path through something that is no directory', 'Check the path.'],
  EISDIR: ['a directory', 'Give the name of a file in it.'],
  EACCES: ['one that may not be written', 'Check its permissions.'],
  EPERM: ['one that may not be written', 'Check its permissions.'],
  EROFS: ['a disk that may only be read', 'Give another.'],
  ENAMETOOLONG: ['a name that is too long', 'Give a shorter one.'],
  ENOSPC: ['a disk that is full', 'Make room, or give another.'],
};

/** What is wrong with a place to write. */
export function unwritable(path: string, error: NodeJS.ErrnoException): InputError {
  const [got, remedy] = REASONS[error.code ?? ''] ?? [error.code ?? error.message, 'Check the path.'];
  return new InputError(`${path}: expected a place to write the result, got ${got}. ${remedy}`, { cause: error });
}
