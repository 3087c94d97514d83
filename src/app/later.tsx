/** A view whose code is loaded when it is opened first, so that nobody waits for it who does not look at it. */
import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { fail } from './engine.ts';

type View = () => ComponentChildren;

export function later(load: () => Promise<View>): View {
  const loaded = signal<View | undefined>(undefined);
  const take = async () => {
    try {
      loaded.value = await load();
    } catch {
      fail('page', new Error(UNLOADED));
    }
  };
  return function Later() {
    useEffect(() => { if (!loaded.peek()) void take(); }, []);
    const { value: Loaded } = loaded;
    return Loaded ? <Loaded /> : <p class="remark" data-loading>Loading …</p>;
  };
}

const UNLOADED = 'This view did not load. Reload the page.';
