import { expect, it } from 'vitest';
import { progressBar, progressLine } from '../../src/cli/progress.ts';

const ERASE = '\r\u001B[2K';

function stage(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  const clock = { time: 1000 };
  const stream = { isTTY, columns, write: (text: string) => { written.push(text); } };
  const bar = progressBar(stream, () => clock.time);
  const at = (time: number, done: number) => {
    clock.time = 1000 + time;
    bar.update({ stage: 'descend', done, total: 4500 });
  };
  return { written, bar, at };
}

it('draws nothing in the first half second, and then not at every update', () => {
  const { written, at } = stage(true);
  [0, 400, 499, 500, 510, 579, 580].forEach((time) => at(time, time));
  expect(written).toEqual([
    `${ERASE}Descending  ██░░░░░░░░░░░░░░░░░░   11 %  500 of 4,500  4 s left`,
    `${ERASE}Descending  ███░░░░░░░░░░░░░░░░░   12 %  580 of 4,500  4 s left`,
  ]);
});

it('erases its line, once, and is quiet from then on', () => {
  const { written, bar, at } = stage(true);
  at(600, 10);
  bar.clear();
  bar.clear();
  at(900, 20);
  expect(written.slice(1)).toEqual([ERASE]);
});

it('leaves alone what it never wrote on', () => {
  const { written, bar, at } = stage(true);
  at(100, 10);
  bar.clear();
  expect(written).toEqual([]);
});

it('draws nothing in a pipe', () => {
  const { written, bar, at } = stage(false);
  at(5000, 10);
  bar.clear();
  expect(written).toEqual([]);
});

it('stays on one line of a narrow terminal', () => {
  const { written, at } = stage(true, 20);
  at(600, 10);
  expect(written).toEqual([`${ERASE}Descending  ░░░░░░░`]);
});

it.each([
  ['search', 0, 10, 1, 'Searching   ░░░░░░░░░░░░░░░░░░░░    0 %  0 of 10'],
  ['descend', 1, 100, 9, 'Descending  ░░░░░░░░░░░░░░░░░░░░    1 %  1 of 100'],
  ['descend', 10_000, 200_000, 10, 'Descending  █░░░░░░░░░░░░░░░░░░░    5 %  10,000 of 200,000  3 min 10 s left'],
  ['bootstrap', 0, 4000, 0, 'Resampling  ░░░░░░░░░░░░░░░░░░░░    0 %  0 of 4,000'],
  ['bootstrap', 2000, 4000, 1.5, 'Resampling  ██████████░░░░░░░░░░   50 %  2,000 of 4,000  1,333/s  2 s left'],
  ['search', 0, 0, 9, 'Searching   ░░░░░░░░░░░░░░░░░░░░    0 %  0 of 0'],
] as const)('%s, %i of %i after %i s', (stage, done, total, elapsed, line) => {
  expect(progressLine({ stage, done, total }, elapsed)).toBe(line);
});
