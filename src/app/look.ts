/** What the screen is like: charts follow the system's colours and the width of the window. */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { LookOptions } from '../index.ts';

function matches(query: string): ReadonlySignal<boolean> {
  const media = matchMedia(query);
  const now = signal(media.matches);
  media.addEventListener('change', () => { now.value = media.matches; });
  return now;
}

const dark = matches('(prefers-color-scheme: dark)');
const narrow = matches('(max-width: 40rem)');

export const look = computed((): LookOptions & { readonly compact: boolean } => ({ theme: dark.value ? 'dark' : 'light', compact: narrow.value }));
