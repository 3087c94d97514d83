/** Log axes that plotly would leave without a tick. */
import { describe, expect, it } from 'vitest';
import { flopsAxis, lookOf, ratioAxis } from '../../src/figures/figure.ts';

const look = lookOf({});

describe('a log axis', () => {
  it('without a power of ten has ticks at 2 and 5', () => {
    expect(ratioAxis(look, 'D/N', [11, 96])).toMatchObject({ tickvals: [20, 50], ticktext: ['20', '50'] });
    expect(flopsAxis(look, [1.25e18, 8e18])).toMatchObject({ tickvals: [2e18, 5e18], ticktext: ['2·10<sup>18</sup>', '5·10<sup>18</sup>'] });
  });

  it('with one is left to plotly', () => {
    expect([ratioAxis(look, 'D/N', [8, 96]), flopsAxis(look, [1e18, 8e18])].map(({ tickvals }) => tickvals)).toEqual([undefined, undefined]);
  });
});
