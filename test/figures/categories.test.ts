/** Colours of things without an order: each seen on its paper, and no two alike, to colour-blind people either. */
import { describe, expect, it } from 'vitest';
import { categoryColour, categoryDash, categorySymbol, translucent } from '../../src/figures/categories.ts';
import { THEMES } from '../../src/figures/figure.ts';

type Triple = readonly [number, number, number];

/** Of what people see who lack a kind of cones: linear RGB to linear RGB. Machado, Oliveira and Fernandes 2009, severity 1. */
const SIGHTS: Readonly<Record<string, readonly [Triple, Triple, Triple]>> = {
  'no kind': [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  'long waves': [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  'middle waves': [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  'short waves': [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

function linear(colour: string): Triple {
  const channel = (k: number) => Number.parseInt(colour.slice(k, k + 2), 16) / 255;
  return [1, 3, 5].map(channel).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)) as unknown as Triple;
}

const times = (rows: readonly [Triple, Triple, Triple], [r, g, b]: Triple) => rows.map(([x, y, z]) => x * r + y * g + z * b) as unknown as Triple;

const luminance = (colour: string) => times([[0.2126, 0.7152, 0.0722], [0, 0, 0], [0, 0, 0]], linear(colour))[0];

/** WCAG 2: 1 to 21. */
function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** CIE L*a*b* of D65. */
function lab(rgb: Triple): Triple {
  const white = [0.95047, 1, 1.08883];
  const [x, y, z] = times([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]], rgb)
    .map((value, k) => Math.max(0, value) / white[k]!).map((t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116)) as [number, number, number];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function difference(one: string, other: string, sight: string): number {
  const [a, b] = [one, other].map((colour) => lab(times(SIGHTS[sight]!, linear(colour)))) as [Triple, Triple];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** Four times what is just noticed side by side, about 2.3. */
const TOLD_APART = 10;

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  const colours = Array.from({ length: 6 }, (_, k) => categoryColour(k, theme));

  it('all are seen on the paper', () => {
    expect(Math.min(...colours.map((colour) => contrast(colour, THEMES[theme].paper)))).toBeGreaterThan(3);
  });

  it.each(Object.keys(SIGHTS))('no two are alike to who lacks %s of the cones', (sight) => {
    const pairs = colours.flatMap((one, k) => colours.slice(k + 1).map((other) => difference(one, other, sight)));
    expect(Math.min(...pairs)).toBeGreaterThan(TOLD_APART);
  });
});

it('colours that are alike to some are noticed', () => {
  expect(difference('#c4261d', '#8a5a00', 'middle waves')).toBeLessThan(TOLD_APART);
  expect(difference('#c4261d', '#8a5a00', 'no kind')).toBeGreaterThan(TOLD_APART);
});

it('from the seventh on colours come again, with other symbols and lines', () => {
  const looks = Array.from({ length: 8 }, (_, k) => `${categoryColour(k)} ${categorySymbol(k)}`);
  expect(new Set(looks).size).toBe(8);
  expect([categoryColour(6), categoryDash(5), categoryDash(6)]).toEqual([categoryColour(0), 'solid', 'dot']);
  expect(translucent('#c4261d', 0.16)).toBe('rgba(196, 38, 29, 0.16)');
});
