/** What a reproduction is: a recipe that runs on any backend, and the plain value that comes out. */
import type { Backend } from '../backend/backend.ts';
import type { Progress, Sweep } from '../types.ts';
import type { Comparison } from './comparison.ts';
import type { DataSetId } from './data.ts';

/** One table of published numbers beside ours. */
export interface Section {
  /** "Table 3 from the closed form". */
  readonly title: string;
  /** What ours was computed from: "published constants", "2000 synthetic sweeps of 240 runs", "Epoch's 240 runs". */
  readonly data: string;
  readonly comparisons: readonly Comparison[];
  /** What it shows, in plain words, a sentence or two each. */
  readonly findings: readonly string[];
  readonly charts: readonly Chart[];
  /** It did not run, for want of this data: neither comparisons nor findings then. */
  readonly missing?: DataSetId;
}

/** Series over a plane; src/figures/series.ts draws it. */
export interface Chart {
  /** Of files and elements: letters and hyphens; one of its kind in its reproduction. */
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly series: readonly ChartSeries[];
}

export interface ChartAxis {
  readonly title: string;
  readonly log?: boolean;
  /** Ends, in the unit of the axis. Default: what the series need. */
  readonly range?: readonly [low: number, high: number];
}

export interface ChartSeries {
  readonly name: string;
  readonly mark: 'line' | 'dashed' | 'points';
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Ends of an interval, which need not hold `y`: a band of a line, bars of points. */
  readonly low?: readonly number[];
  readonly high?: readonly number[];
}

export interface Reproduction {
  readonly id: string;
  readonly title: string;
  /** Of whom, and where: "Hoffmann et al. 2022, arXiv:2203.15556, Table 3". */
  readonly paper: string;
  readonly sections: readonly Section[];
  readonly backend: { readonly name: 'gpu' | 'cpu'; readonly adapter: string };
  readonly seed: number;
  readonly seconds: number;
  readonly version: string;
}

/** Data that the user gave, by what it is; see data.ts for what each must hold. */
export type DataSets = Readonly<Partial<Record<DataSetId, Sweep>>>;

export interface Context {
  readonly backend: Backend;
  readonly data: DataSets;
  /** Resamples of a bootstrap, and synthetic sweeps of a simulation. */
  readonly replicates: number;
  readonly seed: number;
  readonly onProgress?: (progress: Progress) => void;
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** One reproduction; a file each, listed in reproduce.ts. */
export interface Recipe {
  /** "table3" */
  readonly id: string;
  readonly title: string;
  readonly paper: string;
  /** Data that some of its sections need. */
  readonly needs: readonly DataSetId[];
  run(context: Context): Promise<Section[]>;
}

/** A section that waits for its data. */
export function missingSection(title: string, data: string, missing: DataSetId): Section {
  return { title, data, comparisons: [], findings: [], charts: [], missing };
}
