/** The data sets that reproductions need and the user gives: what they are, where to get them, and ways to give them. */
import { dataSets, formatInteger, type DataSet, type DataSetId } from '../../index.ts';
import { EPOCH } from '../choice.ts';
import { DropArea, FileButton } from '../files.tsx';
import { given, giveEpoch, giveFile, giveOpen } from '../paper-state.ts';
import { preview } from '../state.ts';

export function PaperData() {
  return (
    <section aria-labelledby="paper-data-heading" id="paper-data">
      <h2 id="paper-data-heading">Data to give</h2>
      <p class="remark">Sections that need one of these and do not have it are not run, and say so. Nothing that is given leaves this tab.</p>
      <div class="givings">{dataSets.map((set) => <Giving key={set.id} {...set} />)}</div>
    </section>
  );
}

/** Of the element that takes a data set, which is where a section without its data leads to. */
export function inputOf(id: DataSetId): string {
  return `data-${id}`;
}

function Giving({ id, title, source }: DataSet) {
  const open = preview.value;
  return (
    <DropArea class="drop" take={(file) => { void giveFile(id, file); }}>
      <h3>{id}: {title}</h3>
      <p class="hint">{source}</p>
      <div class="ways">
        <FileButton id={inputOf(id)} take={(file) => { void giveFile(id, file); }}>Choose a file<span class="unseen"> for {id}</span></FileButton>
        {id === 'epoch' && <button type="button" title={EPOCH} onClick={() => { void giveEpoch(); }}>From its repository (online)</button>}
        {open && <button type="button" aria-label={`${open.name}, which is open, for ${id}`} onClick={() => { void giveOpen(id); }}>{open.name}, which is open</button>}
      </div>
      <State id={id} />
    </DropArea>
  );
}

function State({ id }: { readonly id: DataSetId }) {
  const { value: { [id]: data } } = given;
  if (data && 'problem' in data) return <p class="trouble" role="alert" data-problem={id}>{data.problem}</p>;
  return (
    <>
      <p role="status" data-given={id}>{data && ('reading' in data ? 'Reading …' : `Given: ${data.taken.name}, ${formatInteger(data.taken.runs)} runs.`)}</p>
      {data && 'taken' in data && data.taken.warnings.map((warning) => <p key={warning} class="problem">{warning}</p>)}
    </>
  );
}
