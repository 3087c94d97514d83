/** Which sweeps are measured by each other: a second table beside the one that is open, or groups of that one. */
import { useSignal } from '@preact/signals';
import { formatInteger, type TablePreview } from '../../index.ts';
import { ChoiceField, TextField } from '../controls.tsx';
import { DropArea, FileButton } from '../files.tsx';
import * as settings from '../laws-settings.ts';
import { second, secondFile, secondReading } from '../laws-state.ts';
import { OfShownGroup } from '../shown-group.tsx';
import { preview, troubles } from '../state.ts';
import { saidHere } from '../trouble.ts';

export function Sweeps() {
  const groups = settings.others.value === 'groups';
  return (
    <fieldset>
      <legend>Sweeps</legend>
      <div class="fields wider">
        <ChoiceField label="Measured by the first" of={settings.others} choices={[['table', 'A second table'], ['groups', 'Groups of this table']]} />
        {groups && <Groups />}
      </div>
      {!groups && <OfShownGroup>{' of this table, against all of the second.'}</OfShownGroup>}
      {!groups && <Second />}
    </fieldset>
  );
}

function Groups() {
  const names = preview.value?.columns ?? [];
  const choices = [['', names.length > 0 ? 'choose one' : 'this one has none'], ...names.map((name) => [name, name])] as [string, string][];
  return (
    <>
      <ChoiceField label="Column of the group" of={settings.group} choices={choices} />
      <TextField label="First group" of={settings.against} option="against" placeholder="the first of the table" hint="that the others are measured by" />
    </>
  );
}

function Second() {
  const pasted = useSignal('');
  const { value: read } = second;
  const trouble = troubles.value.second;
  const take = (file: File) => { secondFile.value = { file, name: file.name }; };
  return (
    <DropArea class="drop" take={take}>
      <div class="way">
        <FileButton id="second" take={take}>Choose a second table</FileButton>
        {secondFile.value && <button type="button" onClick={() => { secondFile.value = undefined; }}>Take it away</button>}
        {secondFile.value && <TextField label="Its columns" of={settings.secondColumns} placeholder="by their names" hint="such as loss:val_loss,N:params" />}
      </div>
      <details>
        <summary>Paste a second table</summary>
        <form class="paste" onSubmit={(event) => { event.preventDefault(); if (pasted.value.trim()) secondFile.value = { file: new Blob([pasted.value]), name: 'pasted table' }; }}>
          <textarea aria-label="Pasted second table" rows={5} spellcheck={false} placeholder={'N,D,loss\n70M,1.4B,3.92\n…'} value={pasted.value}
            onInput={(event) => { pasted.value = event.currentTarget.value; }} />
          <button type="submit">Take it</button>
        </form>
      </details>
      <p class="remark" id="second-read">{secondReading.value ? 'Reading …' : read ? inWords(read) : 'The second table may also be dropped here: a row for each run, as the one that is open.'}</p>
      {read?.problem && <p class="problem" role="alert">{saidHere(read.problem, 'Name it among its columns.')}</p>}
      {trouble && <p class="trouble" role="alert" data-trouble="second">{trouble.message}</p>}
    </DropArea>
  );
}

/** "other.csv: 40 rows; N from params, D from tokens, loss from val_loss." */
function inWords({ name, count, recognised }: TablePreview): string {
  const roles = Object.entries(recognised).map(([role, column]) => `${role} from ${column}`);
  return `${name}: ${formatInteger(count)} rows${roles.length > 0 ? `; ${roles.join(', ')}` : ''}.`;
}
