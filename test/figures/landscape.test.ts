/** The contours are doublings of the excess, the marks stand at their parameters, and the result is plain JSON. */
import type { ContourData, ScatterData } from 'plotly.js-dist-min';
import { describe, expect, it } from 'vitest';
import { landscapeFigure, type LandscapeFigureOptions } from '../../src/figures/landscape.ts';
import type { Landscape } from '../../src/stats/landscape.ts';

const FIT = { E: 1.8, A: 480, B: 2000, alpha: 0.34, beta: 0.36 };
const MINIMUM = 2e-3;

/** A bowl of 21 × 11 cells: 0.9 % above the fit one cell away, growing with the square of the distance. */
function bowl(change: (excess: number, cell: number) => number = (excess) => excess): Landscape {
  const alpha = Float64Array.from({ length: 21 }, (_, k) => 0.34 + (k - 10) * 0.01);
  const beta = Float64Array.from({ length: 11 }, (_, k) => 0.36 + (k - 5) * 0.02);
  const excess = [...beta.keys()].flatMap((row) => [...alpha.keys()].map((column) => 0.009 * ((column - 10) ** 2 + (row - 5) ** 2)));
  return {
    law: 'chinchilla', params: Object.keys(FIT), loss: 'huber-log', delta: 1e-3, sweep: '<b>sample</b>', seconds: 1, outcomes: { converged: 231 },
    axes: [{ name: 'alpha', values: alpha }, { name: 'beta', values: beta }],
    objective: Float64Array.from(excess, (value, cell) => MINIMUM * (1 + change(value, cell))),
    natural: new Float64Array(231 * 5).fill(1),
    minimum: { params: FIT, objective: MINIMUM },
  };
}

const drawn = (options: LandscapeFigureOptions = {}, of = bowl()) => landscapeFigure(of, options);
const trace = <T>(figure: ReturnType<typeof drawn>, name: string) => figure.data.find((data) => data.name === name) as T;
const contours = (figure: ReturnType<typeof drawn>) => trace<ContourData>(figure, 'objective');
const heights = (figure: ReturnType<typeof drawn>) => contours(figure).z as unknown as (number | null)[][];

describe('contours', () => {
  it('are log₂ of the excess in per cent, [beta][alpha]', () => {
    const z = heights(drawn());
    expect([z.length, z[0]!.length]).toEqual([11, 21]);
    for (const [row, column] of [[0, 0], [5, 20], [10, 3]] as const) {
      expect(z[row]![column]).toBeCloseTo(Math.log2(0.9 * ((column - 10) ** 2 + (row - 5) ** 2)), 9);
    }
    // Rows and columns exchanged would be another number.
    expect(z[3]![10]).not.toBeCloseTo(z[5]![3]!, 3);
  });

  it('double from the lowest with nine cells inside, and are labelled so', () => {
    const { contours: { start, end, size } = {}, colorbar, zmin, zmax } = contours(drawn());
    // The ninth lowest excess is 1.8 %, the highest 112.5 %.
    expect([start, end, size, zmin, zmax]).toEqual([1, 6, 1, 0, 7]);
    expect(colorbar).toMatchObject({ tickvals: [1, 2, 3, 4, 5, 6], ticktext: ['2 %', '4 %', '8 %', '16 %', '32 %', '64 %'] });
  });

  it('are at most about fourteen, however high the landscape', () => {
    const { contours: levels } = contours(drawn({}, bowl((excess) => (1 + excess) ** 60 - 1)));
    expect((levels!.end! - levels!.start!) / levels!.size!).toBeLessThanOrEqual(14);
    expect(levels!.size).toBeGreaterThan(1);
  });

  it('have a floor at the fit, and below it where the fit missed a minimum', () => {
    const missed = drawn({}, bowl((excess, cell) => (cell === 0 ? -0.2 : excess)));
    expect([heights(missed)[5]![10], heights(missed)[0]![0]]).toEqual([0, 0]);
    expect((contours(missed).text as unknown as string[][])[0]![0]).toBe('-20 %');
  });

  it('have a gap where no fit is finite', () => {
    const gap = drawn({}, bowl((excess, cell) => (cell === 1 ? Infinity : excess)));
    expect(heights(gap)[0]!.slice(0, 3)).toEqual([expect.any(Number), null, expect.any(Number)]);
    expect(heights(gap).flat().filter((z) => z === null)).toHaveLength(1);
  });

  it('fill the axes', () => {
    const { layout } = drawn();
    expect([layout.xaxis!.range, layout.yaxis!.range]).toEqual([[0.34 - 0.1, 0.34 + 0.1], [0.36 - 0.1, 0.36 + 0.1]]);
    expect(Object.keys(layout)).not.toContain('coloraxis');
  });
});

describe('marks', () => {
  const at = (name: string, figure: ReturnType<typeof drawn>) => {
    const found = trace<ScatterData>(figure, name);
    return found && [found.x, found.y];
  };

  it('the fit is where its parameters are', () => {
    expect(at('fit', drawn())).toEqual([[0.34], [0.36]]);
  });

  it('a law on the axes is marked, one beyond them is not', () => {
    const marks = [{ name: 'near', params: { ...FIT, alpha: 0.4 } }, { name: 'far', params: { ...FIT, beta: 0.6 } }];
    const figure = drawn({ marks });
    expect([at('near', figure), at('far', figure)]).toEqual([[[0.4], [0.36]], undefined]);
  });

  it('a law is found by either of its parametrisations', () => {
    const over = { ...bowl(), axes: [{ name: 'a', values: Float64Array.of(0.3, 0.7) }, { name: 'E', values: Float64Array.of(1, 2) }] } as const;
    const small = { ...over, objective: bowl().objective.slice(0, 4) };
    const marks = [{ name: 'one', params: { E: 1.7, A: 1, B: 1, alpha: 0.3, beta: 0.2 } }, { name: 'two', params: { E: 1.6, A: 1, B: 1, a: 0.45, s: 0.6 } }];
    const figure = landscapeFigure(small, { marks });
    expect([at('one', figure), at('two', figure)]).toEqual([[[expect.closeTo(0.4, 12)], [1.7]], [[0.45], [1.6]]]);
    const exponents = drawn({ marks: [{ name: 'two', params: { E: 1.6, A: 1, B: 1, a: 0.5, s: 0.72 } }] });
    expect(at('two', exponents)).toEqual([[0.36], [0.36]]);
  });

  it('marks differ in shape, not in colour alone', () => {
    const marks = ['x', 'y', 'z'].map((name) => ({ name, params: FIT }));
    const symbols = drawn({ marks }).data.slice(1).map((data) => (data as ScatterData).marker!.symbol);
    expect(new Set(symbols).size).toBe(4);
  });

  it('ends of starts are one trace', () => {
    const ends = [FIT, { ...FIT, alpha: 0.3 }, { ...FIT, alpha: NaN }];
    expect(at('ends of starts', drawn({ ends }))).toEqual([[0.34, 0.3], [0.36, 0.36]]);
    expect(at('ends of starts', drawn({ ends: [] }))).toBeUndefined();
  });

  it('a name is no markup', () => {
    const figure = drawn({ marks: [{ name: '<b>x & y</b>', params: FIT }] });
    expect(figure.data.at(-1)!.name).toBe('&lt;b>x &amp; y&lt;/b>');
  });
});

it('the title names what is solved', () => {
  const over = { ...bowl(), params: ['E', 'A', 'B', 'a', 's'], axes: [{ ...bowl().axes[0], name: 'a' }, { ...bowl().axes[1], name: 'E' }] } as const;
  expect(drawn().layout.title).toMatchObject({ text: 'Objective above the fit’s, with E, A and B solved' });
  expect(landscapeFigure(over).layout.title).toMatchObject({ text: 'Objective above the fit’s, with A, B and α + β solved' });
});

it('no text of the data reaches plotly, and none of it leaves', () => {
  expect(JSON.stringify(drawn())).not.toContain('sample');
  expect(drawn().config.showSendToCloud).toBe(false);
});

it('light and dark differ in colours only', () => {
  const [light, dark] = (['light', 'dark'] as const).map((theme) => JSON.stringify(drawn({ theme })));
  const uncoloured = (text: string | undefined) => text!.replaceAll(/#[0-9a-f]{6}/g, '#');
  expect(light).not.toBe(dark);
  expect(uncoloured(light)).toBe(uncoloured(dark));
});

describe.each([
  ['a bowl', bowl()],
  ['nothing finite', bowl(() => Infinity)],
  ['a minimum of zero', { ...bowl(), minimum: { params: FIT, objective: 0 } }],
  ['a plain', bowl(() => 0)],
] as const)('%s', (_, landscape) => {
  it.each([[{ theme: 'light' }], [{ theme: 'dark', compact: true }]] as const)('is plain JSON, %j', (options) => {
    const made = landscapeFigure(landscape, { ...options, ends: [FIT], marks: [{ name: 'x', params: FIT }] });
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
    expect(made.data).toHaveLength(4);
  });
});
