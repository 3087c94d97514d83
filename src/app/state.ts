/**
 * The state of the page, all of it, in one place. Settings (setting.ts) are what the user chose, and stand in the
 * address; the rest is what the work brought back. The views follow both; engine.ts does the work.
 */
import { computed, signal } from '@preact/signals';
import {
  bootstrapKinds, comparedColumns, filterSweep, InputError, intervalKinds, landscapePairs, lawIds, lossIds, lossOf, resamplingOfGroup,
  type Fit, type FitOptions, type Landscape, type LandscapePair, type LossOptions, type Progress, type Resampling, type Sweep, type TablePreview,
} from '../index.ts';
import { SIZES } from './benching.ts';
import { nameOfGroup, ofGroup, type AskedGroup } from './groups.ts';
import type { ReadTable } from './opening.ts';
import { assignments, decimal, lines, names, oneOf, pairs, positive, ranges, setting, whole, wordOr, words } from './setting.ts';
import type { Trouble } from './trouble.ts';

export const VIEWS = ['fit', 'data', 'check', 'certainty', 'plan', 'approaches', 'laws', 'simulate', 'paper', 'bench'] as const;
export type View = typeof VIEWS[number];
export const view = setting<View>('view', 'fit', oneOf(VIEWS));

/* Where the runs come from. */

/** "replica", "epoch", or an address, absolute or beside the page; "file" for what was dropped or pasted. */
export const origin = setting('source', 'replica', words);
/** The name of the file that was dropped or pasted. */
export const fileName = setting('file', '', words);
/** What was dropped or pasted, or came along in a link. */
export const file = signal<Blob | undefined>(undefined);
/** The table itself as it stands in the address, where the link was asked to hold it: see link.ts. */
export const carried = signal('');
/** Columns chosen by hand, "loss:val_loss,N:params"; the others by their names. */
export const columns = setting('columns', {}, pairs);

/* How it is fitted. */

export const law = setting('law', 'chinchilla', oneOf(lawIds));
export const loss = setting('loss', 'huber-log', oneOf(lossIds));
/** Of the losses that have a threshold. */
export const delta = setting('delta', 1e-3, decimal(1e-9, 10, 'a threshold in nats such as 0.001'));
/** Of the lower envelope. */
export const envelope = setting('envelope', 0.1, decimal(1e-6, 0.5, 'a share above 0 and at most 0.5 such as 0.1'));
/** Parameters that are held at a value, and those that are kept between two. */
export const fix = setting('fix', {}, assignments);
export const bounds = setting('bound', {}, ranges);
/** The column that tells groups of runs apart, or nothing; the parameters that the groups share; and the group whose law the views show. */
export const group = setting('groups', '', words);
export const share = setting<readonly string[]>('share', ['alpha', 'beta'], names);
export const shownGroup = setting('of', '', words);
export const starts = setting<'auto' | 'paper' | number>('starts', 'auto', wordOr(['auto', 'paper'], whole(1, 1e6)));
export const seed = setting('seed', 0, whole(0, Number.MAX_SAFE_INTEGER));
export const dropHighest = setting('drop', 0, whole(0, 1e6));
/** Comparisons, apart by semicolons: "C<1e21; D/N>=5". */
export const where = setting('where', '', words);
/** Lines left out by hand. */
export const excluded = setting<readonly number[]>('exclude', [], lines);
export const DEVICES = ['gpu', 'cpu'] as const;
export const device = setting<typeof DEVICES[number]>('device', 'gpu', oneOf(DEVICES));

/* How sure it is. */

export const kind = setting<typeof bootstrapKinds[number]>('resample', 'pairs', oneOf(bootstrapKinds));
/** "N" for the model size, or a column of the table. */
export const cluster = setting('cluster', 'N', words);
export const replicates = setting('replicates', 1000, whole(0, 1e6));
export const interval = setting<typeof intervalKinds[number]>('interval', 'percentile', oneOf(intervalKinds));
export const confidence = setting('confidence', 0.95, decimal(0.01, 0.999, 'a confidence from 0.01 to 0.999, such as 0.95'));
export const pair = setting<LandscapePair>('pair', 'alpha,beta', oneOf(landscapePairs));

/* What is planned. */

/** Training FLOPs to extrapolate to. */
export const budget = setting('budget', 1e24, positive('training FLOPs such as 5.76e23'));

/* Of views that load later: the address may tell of them before. */

/** The column that names the run of each checkpoint; by its name where there is nothing. */
export const curveRun = setting('curve-run', '', words);
/** Ids of the reproductions that are unfolded. */
export const unfolded = setting<readonly string[]>('paper', [], names);
/** Resamples of each bootstrap, and synthetic sweeps of each simulation. */
export const paperReplicates = setting('paper-replicates', 1000, whole(100, 1e6));
/** Fits of the largest batch of the benchmark. */
export const benchLargest = setting('bench-largest', SIZES.at(-1)!, whole(1, SIZES.at(-1)!));

/* What the work brought back. */

/** The table as it was written; undefined for the bundled sweep. */
export const preview = signal<TablePreview | undefined>(undefined);
/** The runs of the table, all of them. */
export const table = signal<Sweep | undefined>(undefined);

/** Of each law what it reads and the table does not say; and the laws that can be compared on it. */
export const lawsOfTable = signal<Omit<ReadTable, 'sweep'>>({ lacking: {}, comparable: [] });

/** A fit, and the runs of `table` with weight zero where they had no part in it. */
export interface Found {
  readonly fit: Fit;
  readonly sweep: Sweep;
  /** Natural parameters that the starts ended at, [starts][P]. */
  readonly ends: Float64Array;
  /** One descent from the fit before: that of all starts is being made. */
  readonly isNear?: boolean;
}
/** The runs of a table, those without part in the fit with weight zero. */
export function marked(table: Sweep, lines: Int32Array): Sweep {
  if (lines.length === table.lines.length) return table;
  const used = new Set(lines);
  return { ...table, weight: table.weight.map((weight, i) => (used.has(table.lines[i]) ? weight : 0)) };
}
/** The fit that was made, of all groups where there are any. */
export const fitted = signal<Found | undefined>(undefined);
/** Resamples of it so far; `bootstrap.replicates` of `bootstrap.requested` are done. */
export const fittedResampling = signal<Resampling | undefined>(undefined);
/** The group that is shown; undefined where the fit has none. */
export const groupOnScreen = computed(() => {
  const groups = fitted.value?.fit.groups?.names;
  return groups && nameOfGroup(groups, shownGroup.value);
});
/** The fit as the views show it: of groups that of one of them, its runs alone. */
export const found = computed((): Found | undefined => {
  const [all, name] = [fitted.value, groupOnScreen.value];
  if (!all || name === undefined) return all;
  return { ...ofGroup(all, name), ends: new Float64Array(0) };
});
/** Those of `found`. */
export const resampling = computed((): Resampling | undefined => {
  const [all, name] = [fittedResampling.value, groupOnScreen.value];
  return all && name !== undefined ? resamplingOfGroup(fitted.value!.fit, all, name) : all;
});
/** The landscape that was asked for last, and what it is of. */
export const landscape = signal<{ readonly of: Fit; readonly over: LandscapePair; readonly solved: Landscape } | undefined>(undefined);
/** The table that is being opened, by its name or address; undefined when none is. */
export const opening = signal<string | undefined>(undefined);
/** What is going on; undefined when all is done. */
export const progress = signal<Progress | undefined>(undefined);
/** Of the fit and its resamples: something is still being computed. */
export const busy = signal(false);
/** The three approaches are being compared. */
export const approaching = signal(false);
/** Reproductions are being run. */
export const reproducing = signal(false);
/** What the user should know of the device: why the CPU does the work, that a GPU was lost. */
export const notice = signal<string | undefined>(undefined);
/** What went wrong last, by what was being done. */
export const troubles = signal<Readonly<Partial<Record<Trouble['during'], Trouble>>>>({});

/** The parts that the loss of the settings is made of. */
export const lossParts = computed(() => {
  const { delta: threshold, shape } = lossOf({ loss: loss.value });
  return { threshold: threshold > 0 && threshold < Infinity, envelope: shape === 'lower' };
});

/** The loss of the settings, with the numbers that it has. */
export function lossOptions(): LossOptions {
  const { threshold, envelope: sided } = lossParts.value;
  return { loss: loss.value, ...(threshold && { delta: delta.value }), ...(sided && { envelope: envelope.value }) };
}

/** Every choice of the fit but the device. */
export function fitOptions(): Pick<FitOptions, 'law' | 'fix' | 'bounds' | 'groups' | 'starts' | 'seed'> & LossOptions {
  const held = Object.keys(fix.value).length > 0 && { fix: fix.value };
  const bounded = Object.keys(bounds.value).length > 0 && { bounds: bounds.value };
  const grouped = group.value !== '' && { groups: { column: group.value, share: share.value } };
  return { law: law.value, ...lossOptions(), ...held, ...bounded, ...grouped, starts: starts.value, seed: seed.value };
}

/** The group that is shown, where groups are asked for: what knows of none is asked of its runs alone. */
export function askedGroup(): { readonly group?: AskedGroup } {
  return group.value === '' ? {} : { group: { column: group.value, name: shownGroup.value } };
}

/** Those of one law by itself: what is held and bounded of the group `own` is its own, and what is of another group has no part in it. */
export function fitOptionsAlone(own: string | undefined): ReturnType<typeof fitOptions> {
  const { groups: _, fix: held, bounds: bounded, ...rest } = fitOptions();
  return { ...rest, ...(held && { fix: ofOneGroup(held, own) }), ...(bounded && { bounds: ofOneGroup(bounded, own) }) };
}

/** "E[web]" is E of the group web. */
function ofOneGroup<T>(values: Readonly<Record<string, T>>, own: string | undefined): Record<string, T> {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => {
    const [, param, of] = /^(\w+)\[(.*)\]$/.exec(name) ?? [];
    return of === undefined ? [[name, value]] : of === own ? [[param, value]] : [];
  }));
}

/** The comparisons of `where`, one by one. */
export const comparisons = computed(() => where.value.split(/[;\n]/).map((text) => text.trim()).filter(Boolean));

/** The columns of the table that they are of; none where one of them cannot be read, which the fit says. */
export const columnsCompared = computed((): readonly string[] => {
  try {
    return comparedColumns(comparisons.value);
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
});

/** The runs that the filters of the settings leave, those left out by hand among them; where a filter fails, all. */
export function filterOptions(): Parameters<typeof filterSweep>[1] {
  return {
    where: comparisons.value,
    ...(excluded.value.length > 0 && { exclude: excluded.value }),
    ...(dropHighest.value > 0 && { dropHighest: dropHighest.value }),
  };
}

/** Leaves these lines out of the fit, or takes them back in where all of them are out. */
export function toggle(chosen: readonly number[]): void {
  const out = new Set(excluded.value);
  const back = chosen.every((line) => out.has(line));
  for (const line of chosen) {
    if (back) out.delete(line);
    else out.add(line);
  }
  excluded.value = [...out].toSorted((a, b) => a - b);
}
