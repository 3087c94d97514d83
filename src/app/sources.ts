/** Other runs: what was chosen for the table before, its columns and the runs left out of it, is forgotten. */
import { batch } from '@preact/signals';
import * as state from './state.ts';

function choose(origin: string, name = '', file?: Blob): void {
  batch(() => {
    state.origin.value = origin;
    state.fileName.value = name;
    state.file.value = file;
    state.carried.value = '';
    state.columns.value = {};
    state.excluded.value = [];
  });
}

/** The sweep that comes with isoloss. */
export const takeReplica = () => choose('replica');

/** Epoch's digitised runs, from their repository. */
export const takeEpoch = () => choose('epoch');

/** An address, absolute or beside the page. */
export const takeUrl = (address: string) => choose(address.trim());

export const takeFile = (file: File) => choose('file', file.name, file);

/** A table that was pasted. */
export const takeText = (text: string) => choose('file', 'pasted table', new Blob([text]));
