/** Labels on plots of several sizes: their boxes are written again here, a little smaller than those that are kept free. */
import { describe, expect, it } from 'vitest';
import { lookOf } from '../../src/figures/figure.ts';
import { besideMarker, placeLabels, shareAlong, type Label, type Placed, type Position } from '../../src/figures/labels.ts';

const wide = lookOf({});
const label = (x: number, y: number, text = 'Chinchilla'): Label => ({ at: [{ x, y }], text });
const place = (labels: readonly Label[], points: { x: number; y: number }[] = []) => placeLabels(labels, points, wide);

interface Box { readonly from: readonly number[]; readonly to: readonly number[] }

/** Pixels of a label of one line, 6 wide and 12 high a letter, 5 off its point. */
function boxOf({ at: [point], text }: Label, position: Position, [width, height]: readonly [number, number]): Box {
  const size = [6 * text.length, 12];
  const [vertical, horizontal] = position.split(' ');
  const along = { left: -5 - size[0]!, center: -size[0]! / 2, right: 5 }[horizontal!]!;
  const up = { bottom: -5 - size[1]!, middle: -size[1]! / 2, top: 5 }[vertical!]!;
  const from = [point!.x * width + along, point!.y * height + up];
  return { from, to: from.map((value, k) => value + size[k]!) };
}

const meet = (one: Box, other: Box) => [0, 1].every((k) => one.from[k]! < other.to[k]! && other.from[k]! < one.to[k]!);

/** Pairs of labels that cover each other, on a plot of some size. */
function meetings(labels: readonly Label[], placed: readonly (Placed | null)[], size: readonly [number, number]): number {
  const boxes = labels.flatMap((one, k) => (placed[k] ? [boxOf(one, placed[k].position, size)] : []));
  return boxes.reduce((count, one, k) => count + boxes.slice(k + 1).filter((other) => meet(one, other)).length, 0);
}

describe('many labels', () => {
  const labels = Array.from({ length: 120 }, (_, k) => label((k * 0.618034) % 1, (k * 0.754878) % 1));
  const placed = place(labels);
  const right: Placed[] = labels.map(() => ({ at: 0, position: 'middle right' }));

  it.each([[610, 340], [700, 390], [810, 430], [1010, 500]] as const)('do not cover each other on %d × %d pixels', (...size) => {
    expect(meetings(labels, placed, size)).toBe(0);
    expect(meetings(labels, right, size)).toBeGreaterThan(0);
  });

  it('are left out only where there is no room', () => {
    expect(placed.filter(Boolean).length).toBeGreaterThan(20);
    expect(placed.filter((one) => one === null).length).toBeGreaterThan(0);
  });
});

describe('a label', () => {
  it('stands at the right of its point, or where the frame leaves it room', () => {
    const at = (x: number, y: number) => place([label(x, y)])[0]?.position;
    expect([at(0.5, 0.5), at(0.99, 0.5), at(0.999, 0.999), at(0.001, 0.5)]).toEqual(
      ['middle right', 'middle left', 'bottom left', 'middle right']);
  });

  it('gives way to points, to earlier labels, and at last is none', () => {
    const beside = { x: 0.55, y: 0.5 };
    expect(place([label(0.5, 0.5)], [beside])).toEqual([{ at: 0, position: 'top center' }]);
    expect(place([label(0.5, 0.5), label(0.5, 0.5)])[1]).toEqual({ at: 0, position: 'middle left' });
    const all = Array.from({ length: 12 }, () => label(0.5, 0.5));
    expect(place(all).at(-1)).toBeNull();
  });

  it('tries its next point', () => {
    const two = { at: [{ x: 0.5, y: 0.5 }, { x: 0.2, y: 0.2 }], text: 'x', positions: ['middle right'] } as const;
    expect(place([two])).toEqual([{ at: 0, position: 'middle right' }]);
    expect(place([two], [{ x: 0.51, y: 0.5 }])).toEqual([{ at: 1, position: 'middle right' }]);
  });

  it('is as wide as its longest line, without tags', () => {
    const at = (text: string) => place([label(0.8, 0.5, text)])[0]?.position;
    expect(at('a'.repeat(10))).toBe('middle right');
    expect(at('a'.repeat(40))).toBe('middle left');
    expect(at('<b>aaaaaaaaaa</b><br><sup>aaaaaaaaaa</sup><br>&lt;aaa')).toBe('middle right');
  });
});

it('shareAlong is linear in the logarithm', () => {
  expect(shareAlong([1e18, 1e22], 1e19)).toBeCloseTo(0.25, 12);
  expect(shareAlong([1e18, 1e22], 1e24)).toBeCloseTo(1.5, 12);
});

it('spaces stand at both ends of each line', () => {
  expect(besideMarker('a<br>b')).toBe('\u00A0a\u00A0<br>\u00A0b\u00A0');
});
