/** The two ways to a file: an area that it can be dropped on, and a button that opens the system's dialog. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';

interface FilesProps {
  readonly take: (file: File) => void;
  readonly children: ComponentChildren;
}

/** One within another takes what is dropped on it. */
export function DropArea({ class: name, take, children }: FilesProps & { readonly class: string }) {
  const over = useSignal(false);
  return (
    <div class={over.value ? `${name} dropping` : name}
      onDragOver={(event) => { event.preventDefault(); over.value = true; }}
      onDragLeave={({ currentTarget, relatedTarget }) => { if (!currentTarget.contains(relatedTarget as Node | null)) over.value = false; }}
      onDrop={(event) => {
        over.value = false;
        if (event.defaultPrevented) return; // taken within
        event.preventDefault();
        const [dropped] = event.dataTransfer?.files ?? [];
        if (dropped) take(dropped);
      }}>
      {children}
    </div>
  );
}

/** The same file may be chosen again, as after it was mended. */
export function FileButton({ id, take, children }: FilesProps & { readonly id: string }) {
  return (
    <label class="button file">{children}
      <input type="file" class="unseen" id={id} onChange={({ currentTarget }) => {
        const [file] = currentTarget.files ?? [];
        if (file) take(file);
        currentTarget.value = '';
      }} />
    </label>
  );
}
