/** Which column is which, as it was recognised and as it can be corrected, over the first rows of the table. */
import type { Role, TablePreview } from '../../index.ts';
import { formatInteger } from '../../index.ts';
import { Labelled } from '../controls.tsx';
import { columns, table, troubles } from '../state.ts';
import { saidHere } from '../trouble.ts';

const ROLES: readonly (readonly [Role, string])[] = [
  ['N', 'N, parameters'], ['D', 'D, training tokens'], ['C', 'C, training FLOPs'], ['loss', 'Loss, nats per token'], ['weight', 'Weight'],
];

/** What some laws read beside them: there where the table has it, or a law lacks it. */
const FURTHER: readonly (readonly [Role, string])[] = [
  ['x', 'x'], ['U', 'U, unique tokens'], ['P_w', 'P_w, bits of weights'], ['P_a', 'P_a, bits of activations'], ['P_kv', 'P_kv, bits of the cache'],
  ['S', 'S, sparsity'], ['experts', 'Experts of a layer'], ['G', 'G, granularity'],
];

/** The name of the table, with which a message begins. */
const NAMED = /^.*?: (?=expected )/;

/** Of the choice that leaves it to the names. */
const BY_NAME = '\0';

export function Columns({ preview }: { readonly preview: TablePreview }) {
  const { read, fit } = troubles.value;
  const trouble = read ?? (fit?.place?.role === undefined ? undefined : fit);
  const role = preview.problem?.role ?? trouble?.place?.role;
  const wrong = preview.problem ?? (trouble && { message: trouble.message, remedy: trouble.place?.remedy });
  const problem = wrong && saidHere(wrong, 'Choose it here.').replace(NAMED, '');
  const further = FURTHER.filter(([name]) => name === role || name in preview.recognised || name in columns.value);
  return (
    <section aria-labelledby="columns-heading" id="columns">
      <h2 id="columns-heading">Columns of {preview.name}</h2>
      <div class="fields">
        {[...ROLES, ...further].map(([name, label]) => <RoleField key={name} preview={preview} role={name} label={label} problem={name === role ? problem : undefined} />)}
      </div>
      <Rows preview={preview} />
      <p class="remark">{formatInteger(preview.count)} rows; the first are shown. {role === undefined && trouble?.place?.line ? `What is wrong is on ${preview.unit} ${trouble.place.line}, column “${trouble.place.column}”.` : ''}</p>
    </section>
  );
}

function RoleField({ preview, role, label, problem }: { readonly preview: TablePreview; readonly role: Role; readonly label: string; readonly problem: string | undefined }) {
  const id = `column-${role}`;
  const { [role]: chosen, ...others } = columns.value;
  const recognised = preview.recognised[role];
  const formula = table.value?.mapping[role];
  const byName = chosen === undefined ? recognised ?? (formula && formula.includes('·') || formula?.includes('/(') ? formula : 'none') : 'by its name';
  return (
    <Labelled id={id} label={label} problem={problem}>
      <select id={id} value={chosen ?? BY_NAME} aria-describedby={`${id}-more`}
        onChange={({ currentTarget: { value } }) => { columns.value = value === BY_NAME ? others : { ...others, [role]: value }; }}>
        <option value={BY_NAME}>{byName}</option>
        <option value="">leave it out</option>
        {preview.columns.map((name) => <option key={name} value={name}>{name}</option>)}
      </select>
    </Labelled>
  );
}

function Rows({ preview: { columns: names, rows, lines, recognised, unit } }: { readonly preview: TablePreview }) {
  const role = (name: string) => [...ROLES, ...FURTHER].find(([one]) => recognised[one] === name)?.[0];
  const place = troubles.value.read?.place;
  const wrong = (name: string, line?: number) => place?.column === name && (line === undefined || place.line === line);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="First rows of the table">
      <table class="preview">
        <thead>
          <tr><th scope="col">{unit}</th>{names.map((name) => <th key={name} scope="col" class={wrong(name) ? 'wrong' : ''}>{name}{role(name) && <b> {role(name)}</b>}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={lines[row]} class={place?.line === lines[row] ? 'wrong' : ''}>
              <th scope="row">{lines[row]}</th>
              {cells.map((cell, k) => <td key={names[k]} class={wrong(names[k], lines[row]) ? 'wrong' : role(names[k]) ? '' : 'idle'}>{cell}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
