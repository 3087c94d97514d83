import { describe, expect, it } from 'vitest';
import { THEMES } from '../../src/figures/figure.ts';
import { sequence } from '../../src/figures/sequence.ts';

/** Relative luminance of "#rrggbb", WCAG 2.2. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((k) => Number.parseInt(colour.slice(k, k + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  const colours = sequence(11, theme);

  it('grows lighter', () => {
    expect(colours.map(luminance)).toEqual(colours.map(luminance).toSorted((a, b) => a - b));
    expect(new Set(colours).size).toBe(11);
  });

  it('stands out from the paper, as WCAG asks of graphics', () => {
    const { paper } = THEMES[theme];
    for (const colour of colours) expect(contrast(colour, paper), colour).toBeGreaterThanOrEqual(3);
    expect(contrast(theme === 'light' ? '#fde725' : '#440154', paper)).toBeLessThan(3);
  });
});

it('has the first colour where it has one, and none of none', () => {
  expect(sequence(1)).toEqual([sequence(5)[0]]);
  expect(sequence(0)).toEqual([]);
});

it('passes through the stops of viridis', () => {
  expect(sequence(2, 'dark')[1]).toBe('#fde725');
  expect(sequence(1, 'light')).toEqual(['#440154']);
});
