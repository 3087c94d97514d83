/** The runs: where they come from, which column is which, what was left out, and each of them. */
import { useSignal } from '@preact/signals';
import { Labelled } from '../controls.tsx';
import { EPOCH } from '../choice.ts';
import { FileButton } from '../files.tsx';
import { prose } from '../numbers.ts';
import { RunTable } from '../run-table.tsx';
import { takeEpoch, takeFile, takeReplica, takeText, takeUrl } from '../sources.ts';
import { fitted, origin, preview, table, troubles } from '../state.ts';
import { formatInteger, showLines } from '../../index.ts';
import { saidHere } from '../trouble.ts';
import { Columns } from './columns.tsx';

/** Why, a browser does not tell a page. */
const UNREACHED = 'Either nothing is there, or its server lets no other page read it (CORS): then download the table, and drop it here.';

export function DataView() {
  return (
    <>
      <Bring />
      {preview.value && <Columns preview={preview.value} />}
      <LeftOut />
      {table.value && <RunTable sweep={table.value} />}
    </>
  );
}

/** Four ways to bring a table; the file may also be dropped anywhere on the page. */
function Bring() {
  const address = useSignal(/^(replica|epoch|file)$/.test(origin.value) ? '' : origin.value);
  const pasted = useSignal('');
  const trouble = troubles.value.read;
  return (
    <section aria-labelledby="bring-heading">
      <h2 id="bring-heading">Your runs</h2>
      <p class="remark">
        A table with a row for each run: parameters, training tokens (or FLOPs), final loss. CSV, TSV, JSON, JSON Lines or Parquet,
        gzipped or not. Drop it anywhere on this page; it stays in this tab.
      </p>
      <div class="ways">
        <FileButton id="file" take={takeFile}>Choose a file</FileButton>
        <button type="button" aria-pressed={origin.value === 'replica'} onClick={takeReplica}>Bundled replica of Chinchilla’s runs</button>
        <button type="button" aria-pressed={origin.value === 'epoch'} onClick={takeEpoch} title={EPOCH}>Epoch’s digitised runs (online)</button>
      </div>
      <form class="way" onSubmit={(event) => { event.preventDefault(); if (address.value.trim()) takeUrl(address.value); }}>
        <Labelled id="address" label="Address of a table">
          <input id="address" type="text" inputMode="url" spellcheck={false} placeholder="https://…/runs.csv" value={address.value} aria-describedby="address-more"
            onInput={(event) => { address.value = event.currentTarget.value; }} />
        </Labelled>
        <button type="submit">Open</button>
      </form>
      <details>
        <summary>Paste a table</summary>
        <form class="paste" onSubmit={(event) => { event.preventDefault(); if (pasted.value.trim()) takeText(pasted.value); }}>
          <textarea aria-label="Pasted table" rows={8} spellcheck={false} placeholder={'N,D,loss\n70M,1.4B,3.92\n…'} value={pasted.value}
            onInput={(event) => { pasted.value = event.currentTarget.value; }} />
          <button type="submit">Read it</button>
        </form>
      </details>
      {trouble && !trouble.place?.role && <p class="trouble" role="alert" data-trouble="read">{saidHere({ message: trouble.message, remedy: trouble.place?.remedy }, UNREACHED)}</p>}
    </section>
  );
}

/** What has no part in the fit, and why; what the reader noticed. */
function LeftOut() {
  const fit = fitted.value?.fit;
  if (!fit) return null;
  return (
    <section aria-labelledby="left-heading" id="left-out">
      <h2 id="left-heading">Left out, and remarks</h2>
      {fit.dropped.length === 0 && <p>No run is left out.</p>}
      <ul>
        {fit.dropped.map(({ reason, lines }) => <li key={reason}>{formatInteger(lines.length)} {reason}{lines.length > 0 && `: lines ${shorten(showLines(lines))}`}</li>)}
        {fit.warnings.map((warning) => <li key={warning} class="problem">{prose(warning)}</li>)}
        {fit.notes.map((note) => <li key={note}>{prose(note)}</li>)}
      </ul>
    </section>
  );
}

const LENGTH = 200;

function shorten(text: string): string {
  return text.length > LENGTH ? `${text.slice(0, LENGTH)} …` : text;
}
