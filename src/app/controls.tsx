/** Fields of the settings: native inputs, each tied to a setting, with what is wrong beside it. */
import { useComputed, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { Setting } from './setting.ts';
import { troubles } from './state.ts';

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  /** Of the library, where a message about it begins with another name than the setting's. */
  readonly option?: string;
}

/** Text that is no value yet: what is being written over one, or could not be read. */
interface Draft<T> {
  readonly text: string;
  readonly over: T;
  readonly problem?: string;
}

/** Text that is read when the field is left or Enter is pressed; what is being written, or cannot be read, stays on the screen, unused. */
export function TextField<T>({ label, hint, option, of, suggestions = [], placeholder = '' }: FieldProps & {
  readonly of: Setting<T>;
  readonly suggestions?: readonly string[];
  readonly placeholder?: string;
}) {
  const id = useId();
  const draft = useSignal<Draft<T> | undefined>(undefined);
  const written = draft.value && Object.is(draft.value.over, of.value) ? draft.value : undefined; // a value from elsewhere, as of a link, replaces what was being written
  const trouble = useTrouble(option ?? of.key);
  const commit = (text: string) => {
    try {
      of.value = of.codec.read(text);
      draft.value = undefined;
    } catch (error) {
      draft.value = { text, over: of.value, problem: (error as Error).message };
    }
  };
  return (
    <Labelled id={id} label={label} hint={hint} problem={written?.problem ?? trouble}>
      <input
        id={id} type="text" spellcheck={false} autocomplete="off" placeholder={placeholder}
        value={written?.text ?? of.codec.write(of.value)}
        aria-invalid={written?.problem !== undefined} aria-describedby={`${id}-more`}
        {...(suggestions.length > 0 && { list: `${id}-list` })}
        onInput={(event) => { draft.value = { ...written, text: event.currentTarget.value, over: of.value }; }} onChange={(event) => commit(event.currentTarget.value)}
      />
      {suggestions.length > 0 && <datalist id={`${id}-list`}>{suggestions.map((value) => <option key={value} value={value} />)}</datalist>}
    </Labelled>
  );
}

/** One of a few. */
export function ChoiceField<T extends string>({ label, hint, option, of, choices }: FieldProps & {
  readonly of: Setting<T>;
  readonly choices: readonly (readonly [value: T, label: string, disabled?: boolean])[];
}) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} problem={useTrouble(option ?? of.key)}>
      <select id={id} value={of.value} aria-describedby={`${id}-more`} onChange={(event) => { of.value = event.currentTarget.value as T; }}>
        {choices.map(([value, name, disabled = false]) => <option key={value} value={value} disabled={disabled}>{name}</option>)}
      </select>
    </Labelled>
  );
}

/** What the last fit said about this setting. */
function useTrouble(option: string): string | undefined {
  return useComputed(() => Object.values(troubles.value).find((trouble) => trouble.place?.option === option)?.message).value;
}

export function Labelled({ id, label, hint, problem, children }: {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  readonly children: ComponentChildren;
}) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      <p id={`${id}-more`} class={problem === undefined ? 'hint' : 'problem'} role={problem === undefined ? undefined : 'alert'}>
        {problem ?? hint}
      </p>
    </div>
  );
}
