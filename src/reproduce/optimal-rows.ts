/**
 * Tables of compute-optimal models (Hoffmann et al. 2022, Tables 3 and A3) against a frontier. They give sizes and ask for
 * FLOPs and tokens, so the power law N_opt = k·C^a is turned round: C = (N/k)^(1/a), then D = D_opt(C).
 */
import { lawsAt, lawsThrough, type Laws } from '../approaches/laws.ts';
import { powerAt } from '../approaches/power.ts';
import type { OptimalRow } from '../paper/hoffmann-tables.ts';
import { frontier, frontierExponents, type Params } from '../plan/frontier.ts';
import { formatCount } from '../units.ts';
import { compare, type Comparison, type ComparisonInput } from './comparison.ts';
import type { Chart, ChartSeries } from './reproduction.ts';
import { inWords, powerInWords } from './words.ts';

/** Training FLOPs and tokens for which a size is optimal. */
export interface Needs {
  readonly C: number;
  readonly D: number;
}

/**
 * Relative. The rows are rounded on three sides (most tokens to two digits, 67B among the sizes), and the power laws of N
 * and of D are fitted apart: their product is not held to C/6.
 */
export const TOLERANCE = 0.05;

/** Eq. 4 of the paper. */
export function closedForm(params: Params): Laws {
  const [point] = frontier('chinchilla', params, [1]);
  return lawsAt(point, frontierExponents('chinchilla', params));
}

export function needsOf({ N: law, D }: Laws, N: number): Needs {
  const C = (N / law.coefficient) ** (1 / law.exponent);
  return { C, D: powerAt(D, C) };
}

/** FLOPs of a row without its misprint. */
export const flopsOf = ({ C, meant }: OptimalRow): number => meant ?? C.value;

export function throughRows(rows: readonly OptimalRow[]): Laws {
  return lawsThrough(rows.map((row) => ({ C: flopsOf(row), N: row.N, D: row.D.value })));
}

/** What the power laws through the other rows give for this one. */
export function leftOut(rows: readonly OptimalRow[], row: OptimalRow): Needs {
  return needsOf(throughRows(rows.filter((other) => other !== row)), row.N);
}

/** Why numbers of another frontier differ from the rows. */
export function otherLaws(of: Laws, rows: readonly OptimalRow[]): string {
  return `N_opt = ${powerInWords(of.N)} here, ${powerInWords(throughRows(rows).N)} through the printed rows`;
}

/** The sizes that FLOPs and tokens of a row belong to by the other rows. */
function impliedSizes(rows: readonly OptimalRow[], row: OptimalRow): { readonly byFlops: number; readonly byTokens: number } {
  const { N, D } = throughRows(rows.filter((other) => other !== row));
  const C = (row.D.value / D.coefficient) ** (1 / D.exponent);
  return { byFlops: powerAt(N, flopsOf(row)), byTokens: powerAt(N, C) };
}

/** What that says. */
export function impliedInWords(table: string, rows: readonly OptimalRow[], row: OptimalRow): string {
  const { byFlops, byTokens } = impliedSizes(rows, row);
  return `${table}, ${row.model}: by the line of the other rows its FLOPs belong to ${formatCount(byFlops)} parameters, its tokens to ${formatCount(byTokens)}.`;
}

type How = Pick<ComparisonInput, 'from' | 'tolerance' | 'otherwise' | 'because'>;

/** FLOPs and tokens of each row beside ours. */
export function compareRows(table: string, rows: readonly OptimalRow[], ours: (row: OptimalRow) => Needs, how: How): Comparison[] {
  return rows.flatMap((row) => {
    const { C, D } = ours(row);
    const where = `${table}, ${row.model}`;
    return [
      compare({ quantity: 'training FLOPs', where, published: flopsOf(row), printed: flopsText(row), ours: C, digits: row.C.digits, ...how }),
      compare({ quantity: 'training tokens', where, published: row.D.value, printed: row.D.text, ours: D, digits: row.D.digits, ...how }),
    ];
  });
}

const flopsText = ({ C, meant }: OptimalRow): string => (meant === undefined ? C.text : `${C.text} [sic: ${inWords(meant)}]`);

/** 6·N·D of each row beside its FLOPs, misprints too. Sizes are taken as exact: the tables ask what they need. */
export function compareProducts(table: string, rows: readonly OptimalRow[]): Comparison[] {
  return rows.map(({ model, N, C, D, meant }) => compare({
    quantity: '6·N·D, FLOPs', where: `${table}, ${model}`, published: C.value, printed: meant === undefined ? C.text : `${C.text} [sic]`,
    ours: 6 * N * D.value, from: 'size and tokens of the printed row', digits: C.digits, tolerance: D.rounding,
    because: meant === undefined ? 'more than the rounding of FLOPs and tokens allows' : 'a misprint of the exponent: 6·N·D of the same row is ten times as much',
  }));
}

/** Tokens per parameter against size: what tells the approaches apart, where N and D alone all look like one line. */
export function ratioChart(name: string, title: string, caption: string, series: readonly ChartSeries[]): Chart {
  return {
    name, title, caption, series,
    x: { title: 'parameters', log: true },
    y: { title: 'training tokens per parameter', log: true },
  };
}

export function printedSeries(name: string, rows: readonly OptimalRow[]): ChartSeries {
  return { name, mark: 'points', x: rows.map(({ N }) => N), y: rows.map(({ N, D }) => D.value / N) };
}

/** A frontier over the sizes of the rows. */
export function frontierSeries(name: string, mark: ChartSeries['mark'], of: Laws, rows: readonly OptimalRow[]): ChartSeries {
  return { name, mark, x: rows.map(({ N }) => N), y: rows.map(({ N }) => needsOf(of, N).D / N) };
}
