/** A button that copies a text, and says so. */
import { useSignal } from '@preact/signals';
import { fail } from './engine.ts';

/** Milliseconds that it says so. */
const SAID = 2000;

export function CopyButton({ text, label }: { readonly text: () => string; readonly label: string }) {
  const copied = useSignal(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text());
    copied.value = true;
    setTimeout(() => { copied.value = false; }, SAID);
  };
  return (
    <button type="button" onClick={() => { copy().catch((error: unknown) => fail('page', error)); }}>
      <span aria-live="polite">{copied.value ? 'Copied' : label}</span>
    </button>
  );
}
