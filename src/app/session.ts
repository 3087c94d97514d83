/**
 * The work of the lab, in the worker: a table, a fit of it, and what is computed beside the fit. A task replaces the one of
 * its kind that still runs; tasks of different kinds share the device. What the first fit does not need is loaded when it
 * is asked for.
 */
import {
  filterSweep, landscapeOn, resamplingOfGroup,
  type Backend, type Bootstrap, type DataSetId, type Landscape, type LandscapePair,
  type LawComparison, type Multiplier, type OpenTable, type Progress, type Sensitivity, type Simulation, type Sweep, type TablePreview,
  type TrainingCurves,
} from '../index.ts';
import type { Approached, ApproachesRequest } from './approaching.ts';
import type { BenchEvents } from './benching.ts';
import { Devices, type Choice } from './devices.ts';
import { fitAndResample, type FitEvents, type FitRequest, type Fitted, type NearFit } from './fitting.ts';
import type { CompareRequest, MultiplierRequest, SensitivityRequest, Tables, Told } from './lawing.ts';
import { lawInWords, ofGroup } from './groups.ts';
import { lossInWords } from './losses.ts';
import { fitNear, isOfSame, rehearse, REHEARSALS, type Before } from './near.ts';
import { openSource, readOpened, type Given, type ReadTable, type Source } from './opening.ts';
import type { Planning, PlanRequest } from './planning.ts';
import type { Listed, ReproduceEvents, ReproduceRequest, TakenData } from './reproducing.ts';
import type { SampledTable, SamplesRequest } from './sampling.ts';
import { summarised, type Question } from './resampling.ts';
import type { SimulateEvents, SimulateRequest } from './simulating.ts';
import { throttled } from './throttled.ts';

type Kind = 'read' | 'fit' | 'landscape' | 'curves' | 'samples' | 'approaches' | 'second' | 'compare' | 'sensitivity' | 'multiplier' | 'simulate' | `data ${DataSetId}` | 'reproduce' | 'bench';

/** Milliseconds in which the page draws a fit. */
const AFTER_DRAWING = 500;
/** Runs whose fit takes so long anyhow that its code need not be ready. */
const MANY = 2000;

function beforeOf(fitted: Fitted | undefined): Before | undefined {
  return fitted && { ...fitted, lines: fitted.sweep.lines };
}

export class Session {
  private readonly devices: Devices;
  private readonly running = new Map<Kind, { readonly stop: AbortController; readonly ended: Promise<unknown> }>();
  private opened: OpenTable | undefined;
  /** Read before anything is fitted. */
  private sweep: Sweep | undefined;
  private last: Fitted | undefined;
  /** Beside the table, for the first of the three approaches. */
  private trainingCurves: TrainingCurves | undefined;
  /** Beside the table, to be measured by it. */
  private second: OpenTable | undefined;
  /** For reproductions. */
  private readonly data: Partial<Record<DataSetId, Sweep>> = {};

  /** What fits near a fit were tried on last. */
  private rehearsed: Before | undefined;

  /** `tell` is called with what the user should know of the device, undefined when there is nothing. */
  constructor(tell: (notice: string | undefined) => void) {
    this.devices = new Devices(tell);
  }

  /** Opens a table, and shows what is in it; nothing for the bundled sweep. @throws InputError where there is no table. */
  open(source: Source, columns: Readonly<Record<string, string>>): Promise<TablePreview | undefined> {
    return this.task('read', async (signal) => {
      const opened = await openSource(source, signal);
      signal.throwIfAborted(); // another was asked for meanwhile, and if it fails this one is not to stay
      this.opened = opened;
      return opened?.preview(columns);
    });
  }

  /** The table that is open, as a sweep with the columns of `groups` and clusters of runs and those that `where` compares, and which laws it has all columns of. @throws InputError where its columns or cells cannot be used. */
  read(columns: Readonly<Record<string, string>>, groups: readonly string[], where: readonly string[]): ReadTable {
    const read = readOpened(this.opened, columns, groups, where);
    this.sweep = read.sweep;
    return read;
  }

  preview(columns: Readonly<Record<string, string>>): TablePreview | undefined {
    return this.opened?.preview(columns);
  }

  /**
   * Fits, then resamples. Where there is a fit of other runs of this table, at once what is near it, but where the page has it: `made`.
   * Stopped, it keeps the resamples that are done; replaced, it rejects with an AbortError.
   */
  fit(request: FitRequest, events: FitEvents, made?: NearFit): Promise<void> {
    for (const kind of ['landscape', 'approaches', 'bench'] as const) this.stop(kind);
    const { sweep: of } = this;
    if (!of) throw new Error('fit: no table was read');
    const since = performance.now();
    const near = made ?? fitNear(beforeOf(this.last), of, request);
    if (near && !made) events.took(performance.now() - since, near.lines.length);
    if (near) this.last = { of, request, sweep: filterSweep(of, request.filter), fit: near.fit, resampling: near.resampling };
    const shown = near && (made ? events.painted() : events.near(near));
    return this.task('fit', async (signal) => {
      await shown; // first: descents would take the cores that the page is drawn by
      await this.devices.announce(request.device);
      await this.devices.use(request.device, signal, (backend) => fitAndResample(backend, of, request, events, signal, (fitted) => { this.last = fitted; }));
      const { last } = this;
      setTimeout(() => { if (this.last === last) this.rehearse(beforeOf(last)!, events); }, AFTER_DRAWING);
    });
  }

  /** Once for a table, its settings, and about so many of its runs. */
  private rehearse(before: Before, events: FitEvents): void {
    const { of, request, lines: { length: runs } } = before;
    const runsBefore = isOfSame(this.rehearsed, of, request) ? this.rehearsed!.lines.length : 0;
    if (runs > MANY || (runs < 2 * runsBefore && runsBefore < 2 * runs)) return;
    this.rehearsed = before;
    events.took(Math.min(...Array.from({ length: REHEARSALS }, (_, k) => rehearse(before, k))), runs);
  }

  /** The resamples of the last fit, or its sandwich, summarised in another way from now on; undefined where there are none. */
  summarise(question: Question): Bootstrap | undefined {
    const { last } = this;
    if (!last?.resampling) return undefined;
    last.resampling = summarised(last.sweep, last.fit, last.resampling, question);
    return last.resampling.bootstrap;
  }

  /** A plan by the last fit and its resamples so far; undefined where there is no fit yet. */
  async plan(request: PlanRequest): Promise<Planning | undefined> {
    const { planFor } = await import('./planning.ts');
    if (!this.last) return undefined;
    const { group } = request;
    const names = this.last.fit.groups?.names;
    if (names ? group === undefined || !names.includes(group) : group !== undefined) return undefined; // of the fit before, which is still on the screen
    if (group === undefined) return planFor(this.last.sweep, this.last.fit, this.last.resampling, request);
    const { sweep, fit } = ofGroup(this.last, group);
    const { resampling } = this.last;
    const isDrawn = resampling && resampling.bootstrap.kind !== 'sandwich'; // a sandwich is not taken apart
    return planFor(sweep, fit, isDrawn ? resamplingOfGroup(this.last.fit, resampling, group) : undefined, request);
  }

  /** Test-time compute by a table of samples, which has nothing to do with the fit. @throws InputError where it cannot be read. */
  samples(given: Given, request: SamplesRequest): Promise<SampledTable> {
    return this.task('samples', async (signal) => (await import('./sampling.ts')).samplesFor(given, request, signal));
  }

  /** About the minimum of the last fit. */
  landscape(over: LandscapePair): Promise<Landscape> {
    return this.task('landscape', async (signal) => {
      await this.running.get('fit')?.ended;
      signal.throwIfAborted();
      if (!this.last) throw new Error('landscape: there is no fit yet');
      const { sweep, fit, request: { device } } = this.last;
      return this.devices.use(device, signal, (backend) => landscapeOn(backend, sweep, fit, { over, signal }));
    });
  }

  /** Reads training curves; those of before are gone, whatever becomes of these. `run`: the column that names the run, or nothing. */
  curves(given: Given, run: string): Promise<TrainingCurves> {
    this.trainingCurves = undefined;
    return this.task('curves', async (signal) => {
      const { curvesOf } = await import('./approaching.ts');
      const curves = await curvesOf(given, run, signal);
      signal.throwIfAborted();
      this.trainingCurves = curves;
      return curves;
    });
  }

  forgetCurves(): void {
    this.stop('curves');
    this.trainingCurves = undefined;
  }

  /** The paper's approaches on the table that is open, and the curves where there are any. */
  approaches(request: ApproachesRequest, progressed: (progress: Progress) => void): Promise<Approached> {
    this.stop('bench');
    return this.task('approaches', async (signal) => {
      const [{ approachesFor }] = await Promise.all([import('./approaching.ts'), this.running.get('fit')?.ended]);
      signal.throwIfAborted();
      const { sweep, trainingCurves } = this;
      if (!sweep) throw new Error('approaches: no table was read');
      return this.devices.use(request.device, signal, (backend) => approachesFor(backend, sweep, trainingCurves, request, throttled(progressed, signal), signal));
    });
  }

  /** Opens the second table, in place of the one before, and shows what is in it. @throws InputError where there is no table. */
  openSecond(given: Given, columns: Readonly<Record<string, string>>): Promise<TablePreview> {
    this.second = undefined;
    return this.task('second', async (signal) => {
      const opened = (await openSource(given, signal))!;
      signal.throwIfAborted();
      this.second = opened;
      return opened.preview(columns);
    });
  }

  /** Which law? On the table that is open. */
  compareLaws(request: CompareRequest, progressed: (progress: Progress) => void): Promise<LawComparison> {
    return this.onTable('compare', request.device, progressed, async (...on) => (await import('./lawing.ts')).comparisonFor(...on, request));
  }

  /** What moves the answer? */
  sensitivity(request: SensitivityRequest, progressed: (progress: Progress) => void): Promise<Sensitivity> {
    return this.onTable('sensitivity', request.device, progressed, async (...on) => (await import('./lawing.ts')).sensitivityFor(...on, request));
  }

  /** Two sweeps. Stopped, it gives the resamples that are done, where there are two. */
  multipliers(request: MultiplierRequest, progressed: (progress: Progress) => void): Promise<Multiplier[]> {
    return this.onTable('multiplier', request.device, progressed, async (...on) => (await import('./lawing.ts')).multipliersFor(...on, request));
  }

  /** Once the fit and its resamples are done. */
  private onTable<T>(kind: Kind, device: Choice, progressed: (progress: Progress) => void,
                     work: (backend: Backend, tables: Tables, told: Told) => Promise<T>): Promise<T> {
    this.stop('bench');
    return this.task(kind, async (signal) => {
      await this.running.get('fit')?.ended;
      signal.throwIfAborted();
      const { sweep, opened, second } = this;
      if (!sweep) throw new Error(`${kind}: no table was read`);
      return this.devices.use(device, signal, (backend) => work(backend, { sweep, opened, second }, { onProgress: throttled(progressed, signal), signal }));
    });
  }

  /** Fits synthetic sweeps. Stopped, it gives what is done. */
  simulate(request: SimulateRequest, events: SimulateEvents): Promise<Simulation> {
    this.stop('bench');
    return this.task('simulate', async (signal) => {
      const { simulateFor } = await import('./simulating.ts');
      return this.devices.use(request.device, signal, (backend) =>
        simulateFor(backend, request, { fitted: events.fitted, progressed: throttled(events.progressed, signal) }, signal));
    });
  }

  async recipes(): Promise<Listed[]> {
    return (await import('./reproducing.ts')).listed();
  }

  /** Takes a data set for reproductions, in place of the one before: a file, an address, or the table that is open, with the columns that were named by hand. */
  give(id: DataSetId, given: Given | 'open', columns: Readonly<Record<string, string>>): Promise<TakenData> {
    delete this.data[id];
    return this.task(`data ${id}`, async (signal) => {
      const [{ dataOf }, table] = await Promise.all([import('./reproducing.ts'), given === 'open' ? this.opened : openSource(given, signal)]);
      signal.throwIfAborted();
      if (!table) throw new Error('data: no table is open');
      const sweep = dataOf(table, id, columns);
      this.data[id] = sweep;
      return { name: sweep.name, runs: sweep.loss.length, warnings: sweep.warnings };
    });
  }

  /** Runs reproductions on what was given by then. Stopped, those that are done were told. */
  reproduce(request: ReproduceRequest, { began, reproduced, progressed }: ReproduceEvents): Promise<void> {
    this.stop('bench');
    return this.task('reproduce', async (signal) => {
      const { reproduceFor } = await import('./reproducing.ts');
      await reproduceFor(this.devices, { ...this.data }, request, { began, reproduced, progressed: throttled(progressed, signal) }, signal);
    });
  }

  /** Measures both devices on the runs of the last fit, in batches up to `largest`, once nothing else computes. */
  bench(largest: number, events: BenchEvents): Promise<void> {
    return this.task('bench', async (signal) => {
      const { measureOn } = await import('./benching.ts');
      await Promise.all((['fit', 'landscape', 'approaches', 'compare', 'sensitivity', 'multiplier', 'simulate', 'reproduce'] as const).map((kind) => this.running.get(kind)?.ended));
      signal.throwIfAborted();
      if (!this.last) throw new Error('bench: there is no fit yet');
      const { sweep, fit } = this.last;
      const [gpu, cpu] = [await this.devices.named('gpu'), (await this.devices.named('cpu'))!];
      const { name, weight } = sweep;
      events.began({
        sweep: name, runs: weight.filter((value) => value > 0).length, law: lawInWords(fit), loss: lossInWords(fit), cpu: cpu.adapter,
        ...(gpu ? { gpu: gpu.adapter } : { why: this.devices.without ?? '' }),
      });
      await measureOn(gpu ? [gpu, cpu] : [cpu], sweep, fit, largest, events, signal);
    });
  }

  /** Stops what runs; resamples that are done stay. */
  stop(kind: Kind): void {
    this.running.get(kind)?.stop.abort(new DOMException('Stopped.', 'AbortError'));
  }

  private async task<T>(kind: Kind, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.stop(kind);
    const before = this.running.get(kind)?.ended;
    const stop = new AbortController();
    const result = (async () => {
      await before;
      stop.signal.throwIfAborted();
      return work(stop.signal);
    })();
    this.running.set(kind, { stop, ended: result.catch(() => {}) });
    return result;
  }
}
