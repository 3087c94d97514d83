/** What can be taken away: a link to what is on the screen, files of it, and a paragraph for a paper. */
import { useSignal, type Signal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { download } from './download.ts';
import { fail } from './engine.ts';
import { fileNameOf, KEPT, methods, missingFit, type Kept } from './exports.ts';
import { addressWithData } from './link.ts';
import { writeAddress } from './setting.ts';
import * as state from './state.ts';

export function Keep() {
  const said = useSignal('');
  return (
    <div class="keep">
      <button type="button" class="keep-button" popovertarget="keep">Share and export</button>
      <section id="keep" class="keep-menu" popover="auto" aria-label="Share and export">
        <LinkToView said={said} />
        <h2>Files</h2>
        {KEPT.map((kept) => <SaveFile key={kept.id} kept={kept} said={said} />)}
        <h2>For a paper</h2>
        <Methods />
        <p role="status" class="said">{said.value}</p>
      </section>
    </div>
  );
}

/** Characters from which on some programs cut a link, and that no browser opens. */
const [LONG, TOO_LONG] = [8000, 2_000_000];

function LinkToView({ said }: { readonly said: Signal<string> }) {
  const chosen = useSignal<boolean | undefined>(undefined);
  const withTable = chosen.value ?? state.carried.value !== '';
  const uncopied = useSignal('');
  const ofFile = state.origin.value === 'file' && state.file.value !== undefined;
  const copyLink = async () => {
    const link = new URL(ofFile && withTable ? await addressWithData() : `#${writeAddress()}`, location.href).href;
    if (link.length > TOO_LONG) state.carried.value = '';
    const fits = link.length <= TOO_LONG;
    const copied = fits && await copy(link);
    uncopied.value = fits && !copied ? link : '';
    said.value = fits ? `${copied ? 'Copied.' : UNCOPIED}${lengthOf(link)}` : 'This table is too large for a link: send the file itself.';
  };
  return (
    <>
      <h2>Link to this view</h2>
      {ofFile && (
        <label class="check">
          <input type="checkbox" checked={withTable} onChange={(event) => { chosen.value = event.currentTarget.checked; }} />
          with the table in it
        </label>
      )}
      <p class="hint">{whatIsInIt(ofFile, withTable)}</p>
      <button type="button" onClick={() => { copyLink().catch((error: unknown) => fail('page', error)); }}>Copy link</button>
      {uncopied.value && <input readOnly aria-label="Link" value={uncopied.value} ref={(field) => { field?.select(); }} />}
    </>
  );
}

function whatIsInIt(ofFile: boolean, withTable: boolean): string {
  if (!ofFile) return 'Brings back the table, the settings, the runs left out and the seed.';
  if (!withTable) return 'Brings back the settings, the runs left out and the seed; who opens it needs the file.';
  return 'Brings back everything. The table is in the link alone: no server sees it.';
}

function lengthOf({ length }: string): string {
  return length > LONG ? ` The link is ${Math.round(length / 1000)} kB long: mail and chat programs may cut it.` : '';
}

const UNCOPIED = 'The browser did not let it be copied: it is selected, press Ctrl+C.';

/** Does the browser let it? It does not where the page is not served securely, or the user has not clicked for long. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function SaveFile({ kept, said }: { readonly kept: Kept; readonly said: Signal<string> }) {
  const hint = useId();
  const missing = kept.missing();
  const save = async () => {
    said.value = 'Writing …';
    const name = fileNameOf(kept);
    download(name, kept.type, await kept.text());
    said.value = `Saved ${name}.`;
  };
  return (
    <div class="kept">
      <button type="button" data-save={kept.id} disabled={missing !== undefined} aria-describedby={hint}
        onClick={() => { save().catch((error: unknown) => { said.value = ''; fail('page', error); }); }}>
        {kept.label}
      </button>
      <p id={hint} class="hint">{missing ?? kept.hint}</p>
    </div>
  );
}

function Methods() {
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const text = useSignal('');
  const said = useSignal('');
  const hint = useId();
  const missing = missingFit();
  const open = () => {
    text.value = methods();
    said.value = '';
    dialog.current?.showModal();
  };
  const copyText = async () => {
    const copied = await copy(text.value);
    if (!copied) field.current?.select();
    said.value = copied ? 'Copied.' : UNCOPIED;
  };
  return (
    <div class="kept">
      <button type="button" disabled={missing !== undefined} aria-describedby={hint} onClick={open}>Methods</button>
      <p id={hint} class="hint">{missing ?? 'Every choice in words; blanks for what no table tells.'}</p>
      <dialog ref={dialog} class="methods" aria-labelledby="methods-heading">
        <h2 id="methods-heading">Methods paragraph</h2>
        <textarea ref={field} readOnly aria-label="Methods paragraph" rows={18} value={text.value} />
        <div class="buttons">
          <button type="button" class="main" onClick={() => { void copyText(); }}>Copy</button>
          <button type="button" onClick={() => dialog.current?.close()}>Close</button>
          <p role="status" class="said">{said.value}</p>
        </div>
      </dialog>
    </div>
  );
}
