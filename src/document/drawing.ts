/**
 * The script of a report: draws its charts in the colours of the reader's system, again when these change, and for paper.
 *
 * `drawCharts` is written into the report by its source, so it names nothing outside itself but what a page has, and
 * plotly; types are gone by then.
 */
import type * as Plotly from 'plotly.js-dist-min';
import type { Figure } from '../figures/figure.ts';
import type { LookName, PackedCharts } from './pack.ts';

/** Ids of the elements that hold JSON; of what is said while no chart is drawn; and of the button that saves the result. */
export const RESULT_ID = 'isoloss-result';
export const CHARTS_ID = 'isoloss-charts';
export const UNDRAWN_ID = 'undrawn';
export const SAVE_ID = 'save-result';

/** As the text of a script. `file`: the name that the result is saved by. */
export function drawingScript(file: string): string {
  return `(${drawCharts.toString()})(${JSON.stringify({ charts: CHARTS_ID, result: RESULT_ID, undrawn: UNDRAWN_ID, save: SAVE_ID, file })});`;
}

function drawCharts(ids: Readonly<Record<'charts' | 'result' | 'undrawn' | 'save' | 'file', string>>): void {
  const { Plotly: plotly } = globalThis as unknown as { Plotly: typeof Plotly };
  const element = (id: string) => document.getElementById(id)!;
  const textOf = (id: string) => element(id).textContent!;
  const { shared, charts } = JSON.parse(textOf(ids.charts)) as PackedCharts;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const narrow = matchMedia('(max-width: 48rem)');
  const root = document.documentElement;

  const look = (): LookName => {
    if (root.classList.contains('printing')) return 'light';
    const theme = dark.matches ? 'dark' : 'light';
    return narrow.matches ? `${theme} compact` : theme;
  };
  const draw = ({ name, figures }: PackedCharts['charts'][number]): void => {
    const figure = JSON.stringify(figures[look()]);
    const { data, layout, config } = JSON.parse(figure, (_, value) => (value && '$' in Object(value) ? shared[value.$] : value)) as Figure;
    void plotly.react(element(`chart-${name}`), data, layout, config);
  };
  const drawAll = (): void => charts.forEach(draw);
  /** One after another, so that the page can be scrolled meanwhile. */
  const begin = (next = 0): void => {
    if (next === charts.length) return;
    draw(charts[next]!);
    setTimeout(begin, 0, next + 1);
  };

  element(ids.undrawn).hidden = true;
  begin();
  dark.addEventListener('change', drawAll);
  narrow.addEventListener('change', drawAll);
  for (const [event, printing] of [['beforeprint', true], ['afterprint', false]] as const) {
    addEventListener(event, () => {
      root.classList.toggle('printing', printing);
      drawAll();
    });
  }

  const save = element(ids.save);
  save.hidden = false;
  save.addEventListener('click', () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([textOf(ids.result)], { type: 'application/json' }));
    link.download = ids.file;
    link.click();
  });
}
