/** Which group of a fit of groups the views show: its law and its runs. */
import { fitted, groupOnScreen, shownGroup, view, type View } from './state.ts';

/** Views of one law, or of the runs of one. */
const OF_ONE: ReadonlySet<View> = new Set(['fit', 'check', 'certainty', 'plan', 'approaches', 'laws', 'simulate']);

export function ShownGroup() {
  const groups = fitted.value?.fit.groups;
  if (!groups || !OF_ONE.has(view.value)) return null;
  return (
    <div class="choice group-choice" role="group" aria-label="Group of runs that is shown">
      <span>Law and runs of {groups.column}</span>
      {groups.names.map((name) => (
        <button key={name} type="button" aria-pressed={name === groupOnScreen.value} onClick={() => { shownGroup.value = name; }}>{name}</button>
      ))}
    </div>
  );
}

/** What a view that knows of no groups is asked of; nothing where there are none. */
export function OfShownGroup({ children = ', fitted by themselves.' }: { readonly children?: string }) {
  const { value: name } = groupOnScreen;
  return name === undefined ? null : <p class="remark" data-of-group>Of the runs of {fitted.value?.fit.groups?.column} <strong>{name}</strong>{children}</p>;
}
