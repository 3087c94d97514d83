/**
 * The page and its address: settings after the "#" (setting.ts), and the table itself where it was asked for, gzipped, in
 * base64url, as `data=…`. Whoever opens the link sees the same fit; nothing goes to a server, which never sees what is
 * behind a "#".
 */
import { batch, effect } from '@preact/signals';
import { clear, fail } from './engine.ts';
import { readAddress, writeAddress, type Setting } from './setting.ts';
import * as state from './state.ts';

const DATA = 'data';

/** Takes over the address, and keeps it in step from then on. Going to another view can be undone by "back". */
export async function followAddress(): Promise<void> {
  await takeOver();
  addEventListener('popstate', () => { void goBack(); });
  let view = state.view.value;
  effect(() => {
    const moved = view !== state.view.value;
    view = state.view.value;
    const now = addressed();
    queueMicrotask(() => write(moved ? 'pushState' : 'replaceState', now)); // what else follows the settings is sooner: the history takes milliseconds
  });
}

async function goBack(): Promise<void> {
  if (await takeOver()) write('replaceState', addressed()); // what could not be read goes
}

type Addressed = readonly [address: string, entry: Entry | null];

function addressed(): Addressed {
  return [addressOf(), entryOf(state.file.value)];
}

function write(how: 'pushState' | 'replaceState', [address, entry]: Addressed): void {
  if (address !== (location.hash || '#') || entry?.file !== fileNumber()) history[how](entry, '', address);
}

/** What an entry of the history holds beside its address: which of `files`, and of which loading of the page. */
interface Entry { readonly page: number; readonly file: number }

/** Those that were on the screen: going back brings back the file that the address there tells of. */
const files: Blob[] = [];

function entryOf(file: Blob | undefined): Entry | null {
  if (!file) return null;
  if (!files.includes(file)) files.push(file);
  return { page: performance.timeOrigin, file: files.indexOf(file) };
}

function fileNumber(): number | undefined {
  const entry = history.state as Entry | null;
  return entry?.page === performance.timeOrigin ? entry.file : undefined;
}

/** The address of this page with some settings changed: for links. */
export function addressOf(changes?: ReadonlyMap<Setting<never>, unknown>): string {
  const settings = writeAddress(changes);
  return `#${[settings, state.carried.value && `${DATA}=${state.carried.value}`].filter(Boolean).join('&')}`;
}

/** The address with the table in it. */
export async function addressWithData(): Promise<string> {
  const { value: file } = state.file;
  if (file) state.carried.value = await pack(file);
  return addressOf();
}

/** False where the page has gone to another address meanwhile. */
async function takeOver(): Promise<boolean> {
  const { hash } = location;
  const params = new URLSearchParams(hash.slice(1));
  const data = params.get(DATA) ?? '';
  params.delete(DATA);
  clear('address');
  const file = files[fileNumber() ?? -1] ?? fileOnScreen(params, data) ?? await unpack(data).catch((error: unknown) => {
    fail('address', error);
    return undefined;
  });
  if (location.hash !== hash) return false;
  batch(() => {
    const problems = readAddress(params.toString());
    state.carried.value = file ? data : '';
    state.file.value = file;
    if (problems.length > 0) fail('address', new Error(problems.join(' ')));
  });
  return true;
}

/** Of an address that was typed: the file that is there, where the address tells of the same. */
function fileOnScreen(params: URLSearchParams, data: string): Blob | undefined {
  return data === state.carried.peek() && params.get('file') === state.fileName.peek() ? state.file.peek() : undefined;
}

async function pack(file: Blob): Promise<string> {
  const packed = await bytesOf(file.stream().pipeThrough(new CompressionStream('gzip')));
  const letters = Array.from(packed, (byte) => String.fromCharCode(byte)).join('');
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

async function unpack(text: string): Promise<Blob | undefined> {
  if (text === '') return undefined;
  try {
    const packed = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
    return new Blob([await bytesOf(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip')))]);
  } catch (error) {
    throw new Error('address, data: expected the whole table of a link, got one that is cut short. Copy the link again.', { cause: error });
  }
}

async function bytesOf(stream: ReadableStream): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
