/** The ways to other runs. */
import { take } from './engine.ts';

/** The sweep that comes with isoloss. */
export const takeReplica = () => take({ origin: 'replica' });

/** Epoch's digitised runs, from their repository. */
export const takeEpoch = () => take({ origin: 'epoch' });

/** An address, absolute or beside the page. */
export const takeUrl = (address: string) => take({ origin: address.trim() });

export const takeFile = (file: File) => take({ origin: 'file', name: file.name, file });

/** A table that was pasted. */
export const takeText = (text: string) => take({ origin: 'file', name: 'pasted table', file: new Blob([text]) });
