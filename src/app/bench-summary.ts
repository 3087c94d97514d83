/** What the benchmark measured, in words: the cells of its table, and a plain text to send to others. */
import { formatInteger, formatNumber, formatPower, formatSeconds, version } from '../index.ts';
import type { Row, Setup, Timing } from './benching.ts';
import type { Measured } from './bench-state.ts';

/** The software drivers that browsers have, by the words of their adapters. */
export function isSoftware(adapter: string): boolean {
  return /swiftshader|llvmpipe|lavapipe|basic render/i.test(adapter);
}

export const SOFTWARE = 'a software driver, which runs on the CPU. Its times say nothing about a GPU.';

/** A column of the table, flush right. */
export interface Column {
  readonly title: string;
  /** "–" where there is nothing. */
  readonly cell: (row: Row) => string;
}

const FITS: Column = { title: 'Fits', cell: ({ fits }) => formatInteger(fits) };
const OF_CPU: readonly Column[] = [
  { title: 'CPU', cell: ({ cpu }) => time(cpu) },
  { title: 'CPU, fits/s', cell: ({ fits, cpu }) => rate(fits, cpu) },
];
const OF_GPU: readonly Column[] = [
  { title: 'GPU', cell: ({ gpu }) => time(gpu) },
  { title: 'GPU, fits/s', cell: ({ fits, gpu }) => rate(fits, gpu) },
];
const OF_BOTH: readonly Column[] = [
  { title: 'CPU/GPU time', cell: ({ gpu, cpu }) => (gpu && cpu ? `${formatNumber(cpu.seconds / gpu.seconds, 2)}×` : NONE) },
  { title: 'Difference', cell: ({ difference }) => (difference === undefined ? NONE : formatPower(difference, 2)) },
];

/** Of the table: those of the CPU alone where there is no GPU. */
export function columnsOf({ gpu }: Setup): readonly Column[] {
  return gpu === undefined ? [FITS, ...OF_CPU] : [FITS, ...OF_GPU, ...OF_CPU, ...OF_BOTH];
}

const NONE = '–';

function time(timing: Timing | undefined): string {
  return timing ? formatSeconds(timing.seconds) : NONE;
}

function rate(fits: number, timing: Timing | undefined): string {
  return timing ? formatInteger(Number((fits / timing.seconds).toPrecision(3))) : NONE;
}

/** The whole of it as plain text, which names the devices; lines end in a line feed. */
export function summaryOf({ setup, rows, date, whole }: Measured, { userAgent, threads }: { readonly userAgent: string; readonly threads: number }): string {
  const { sweep, runs, law, loss, gpu, why, cpu } = setup;
  const columns = columnsOf(setup);
  return [
    `isoloss ${version}: GPU against CPU, ${date.toISOString().slice(0, 10)}`,
    gpu === undefined ? `GPU      none. ${why}` : `GPU      ${gpu}, float32${isSoftware(gpu) ? `: ${SOFTWARE}` : ''}`,
    `CPU      ${cpu} (navigator.hardwareConcurrency ${threads}), float64`,
    `Browser  ${userAgent}`,
    `Sweep    ${sweep}`,
    `Fits     resamples of its ${runs} runs (pairs, seed 0), law ${law}, ${loss}, each from the optimum of all runs`,
    `Times    medians of up to three batches after one to warm up${whole ? '' : '; stopped before the last'}`,
    '',
    ...aligned(columns.map(({ title, cell }) => [title, ...rows.map(cell)])),
  ].join('\n') + '\n';
}

/** Columns as lines, two spaces apart. */
function aligned(columns: readonly (readonly string[])[]): string[] {
  const wide = columns.map((cells) => {
    const width = Math.max(...cells.map(({ length }) => length));
    return cells.map((cell) => cell.padStart(width));
  });
  return wide[0].map((_, row) => wide.map((cells) => cells[row]).join('  '));
}
