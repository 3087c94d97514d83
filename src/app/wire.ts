/** Errors on their way from the worker to the page keep their name and their place. */
import { transferHandlers } from 'comlink';

interface Thrown { readonly value: unknown }
type Written = { readonly error: { readonly name: string; readonly message: string; readonly place?: unknown } };

/** For both ends, before anything is sent. */
export function carryErrors(): void {
  const plain = transferHandlers.get('throw')!;
  transferHandlers.set('throw', { canHandle: plain.canHandle, serialize, deserialize });
}

function serialize({ value }: Thrown): [Written, Transferable[]] {
  const { name, message, place } = value instanceof Error ? value as Error & { place?: unknown } : { name: 'Error', message: String(value), place: undefined };
  return [{ error: { name, message, ...(place !== undefined && { place }) } }, []];
}

function deserialize({ error: { name, message, place } }: Written): never {
  throw Object.assign(new Error(message), { name, place });
}
