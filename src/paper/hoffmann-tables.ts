/**
 * Compute-optimal models of Hoffmann et al. 2022, arXiv:2203.15556: Table 3 (approach 1) and Table A3 (approaches 2 and 3),
 * every row as printed. Read in the paper.
 */
import { readCount } from '../data/counts.ts';
import { printed, type Printed } from './printed.ts';

export interface OptimalRow {
  /** Parameters, as printed. */
  readonly model: string;
  readonly N: number;
  /** Training FLOPs. */
  readonly C: Printed;
  /** Training tokens. */
  readonly D: Printed;
  /** FLOPs over those of Gopher, 5.76e23, as printed: "1/29,968"; Table 3 only. */
  readonly gophers?: string;
  /** FLOPs that were meant, where they are misprinted. */
  readonly meant?: number;
}

export const TABLE_3: readonly OptimalRow[] = [
  row('400M', '1.92e19', '8.0B', { gophers: '1/29,968' }),
  row('1B', '1.21e20', '20.2B', { gophers: '1/4,761' }),
  row('10B', '1.23e22', '205.1B', { gophers: '1/46' }),
  row('67B', '5.76e23', '1.5T', { gophers: '1' }),
  row('175B', '3.85e24', '3.7T', { gophers: '6.7' }),
  row('280B', '9.90e24', '5.9T', { gophers: '17.2' }),
  row('520B', '3.43e25', '11.0T', { gophers: '59.5' }),
  row('1T', '1.27e26', '21.2T', { gophers: '221.3' }),
  row('10T', '1.30e28', '216.2T', { gophers: '22515.9' }),
];

export const TABLE_A3_APPROACH_2: readonly OptimalRow[] = [
  row('400M', '1.84e19', '7.7B'),
  row('1B', '1.20e20', '20.0B'),
  row('10B', '1.32e22', '219.5B'),
  row('67B', '6.88e23', '1.7T'),
  row('175B', '4.54e24', '4.3T'),
  row('280B', '1.18e25', '7.1T'),
  row('520B', '4.19e25', '13.4T'),
  row('1T', '1.59e26', '26.5T'),
  row('10T', '1.75e28', '292.0T'),
];

/** The FLOPs of 175B are a tenth of 6·N·D of the same row, and less than those of 67B: a misprint of the exponent. */
export const TABLE_A3_APPROACH_3: readonly OptimalRow[] = [
  row('400M', '2.21e19', '9.2B'),
  row('1B', '1.62e20', '27.1B'),
  row('10B', '2.46e22', '410.1B'),
  row('67B', '1.71e24', '4.1T'),
  row('175B', '1.26e24', '12.0T', { meant: 1.26e25 }),
  row('280B', '3.52e25', '20.1T'),
  row('520B', '1.36e26', '43.5T'),
  row('1T', '5.65e26', '94.1T'),
  row('10T', '8.55e28', '1425.5T'),
];

function row(model: string, flops: string, tokens: string, more: Pick<OptimalRow, 'gophers' | 'meant'> = {}): OptimalRow {
  return { model, N: readCount(model), C: printed(flops), D: printed(tokens), ...more };
}
