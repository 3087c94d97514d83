/** How fast is it here? GPU against CPU on this machine, with the runs on the screen. */
import { formatInteger, speedFigure, type SpeedSeries } from '../../index.ts';
import { bench, measured, measuring, stopBench, type Measured } from '../bench-state.ts';
import { columnsOf, isSoftware, SOFTWARE, summaryOf } from '../bench-summary.ts';
import { SIZES } from '../benching.ts';
import { Chart } from '../chart.tsx';
import { TextField } from '../controls.tsx';
import { CopyButton } from '../copy.tsx';
import { look } from '../look.ts';
import { simulating } from '../simulation-state.ts';
import { approaching, benchLargest, busy, found, reproducing, troubles } from '../state.ts';

export function BenchView() {
  return (
    <>
      <section class="bench" aria-labelledby="bench-heading">
        <h2 id="bench-heading">GPU against CPU</h2>
        <p class="remark">
          Fits resamples of the runs on the screen, each from the optimum of all runs, in batches of growing size on both devices: once to
          warm up, then by turns, and the median counts. A device gets no larger batch once one has taken longer than two seconds.
        </p>
        <div class="fields">
          <TextField label="Largest batch, fits" of={benchLargest} suggestions={['64', '1024', '16384']} />
        </div>
        <Run />
      </section>
      {measured.value && measured.value.rows.length > 0 && (
        <>
          <Times measured={measured.value} />
          <Chart name="speed" title="Fits a second" figure={() => measured.value && speedFigure(seriesOf(measured.value), look.value)}>
            A batch is what one call to the device fits: small ones are overhead, large ones show what it can do.
          </Chart>
          <Summary measured={measured.value} />
        </>
      )}
    </>
  );
}

/** One button that starts and stops, so that the focus stays where it is. */
function Run() {
  const running = measuring.value !== undefined;
  const waits = !running && (busy.value || simulating.value || approaching.value || reproducing.value || !found.value);
  return (
    <div class="run">
      <button type="button" class={running ? '' : 'main'} disabled={waits} onClick={() => { void (running ? stopBench() : bench()); }}>
        {running ? 'Stop' : 'Run'}
      </button>
      {running && <progress aria-label="Batch sizes" max={SIZES.filter((fits) => fits <= benchLargest.value).length} value={measured.value?.rows.length ?? 0} />}
      <p role="status">{waits ? 'Waits for the other fits to end.' : outcome()}</p>
      {troubles.value.bench && <p class="trouble" role="alert">{troubles.value.bench.message}</p>}
    </div>
  );
}

function outcome(): string {
  const { value: fits } = measuring;
  if (fits !== undefined) return fits === 0 ? 'Opening the devices …' : `Measuring batches of ${formatInteger(fits)} …`;
  if (!measured.value) return '';
  return measured.value.whole ? 'Done.' : `Stopped after ${measured.value.rows.length} batch sizes.`;
}

function Times({ measured: { setup, rows } }: { readonly measured: Measured }) {
  const { gpu, why, cpu } = setup;
  const [fits, ...others] = columnsOf(setup);
  const once = rows.some((row) => [row.gpu, row.cpu].some((timing) => timing?.repeats === 1));
  return (
    <section id="speeds" aria-labelledby="speeds-heading">
      <h2 id="speeds-heading">Time by batch size</h2>
      {gpu === undefined && <p class="notice">The CPU alone is measured. {why}</p>}
      {gpu !== undefined && isSoftware(gpu) && <p class="notice">{gpu}: {SOFTWARE}</p>}
      <div class="scroll" tabIndex={0} role="region" aria-label="Times">
        <table class="figures" aria-labelledby="speeds-heading" aria-describedby="speeds-devices">
          <thead><tr>{[fits, ...others].map(({ title }) => <th key={title} scope="col">{title}</th>)}</tr></thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.fits} data-fits={row.fits}>
                <th scope="row">{fits.cell(row)}</th>
                {others.map(({ title, cell }) => <td key={title} data-column={title}>{cell(row)}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p id="speeds-devices" class="remark">
        {gpu !== undefined && `GPU: ${gpu}, float32. `}CPU: {cpu}, float64. {gpu !== undefined && 'Difference: the largest, relative, between ' +
          'the objectives that the two reach on one resample. '}{once && 'Batches of a second and more were measured once.'}
      </p>
    </section>
  );
}

function seriesOf({ setup: { gpu, cpu }, rows }: Measured): SpeedSeries[] {
  const named = [['gpu', `GPU, ${gpu}`], ['cpu', `CPU, ${cpu}`]] as const;
  return named.map(([device, name]) => ({ name, points: rows.flatMap(({ fits, [device]: timing }) => (timing ? [{ fits, seconds: timing.seconds }] : [])) }))
    .filter(({ points }) => points.length > 0);
}

function Summary({ measured }: { readonly measured: Measured }) {
  const text = summaryOf(measured, { userAgent: navigator.userAgent, threads: navigator.hardwareConcurrency });
  return (
    <section aria-labelledby="summary-heading">
      <h2 id="summary-heading">As text</h2>
      <textarea id="bench-summary" class="summary" aria-labelledby="summary-heading" readOnly rows={text.split('\n').length} wrap="off" value={text} />
      <div class="buttons"><CopyButton text={() => text} label="Copy" /></div>
    </section>
  );
}
