/** A chart: a figure that follows the state, its downloads, and runs that can be left out by click or lasso. */
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { chartTexts, type ChartName, type Figure } from '../index.ts';
import { useDrawing } from './drawing.ts';
import { fail } from './engine.ts';
import { save } from './plot.ts';

interface ChartProps {
  /** Of the downloaded files, and of the element. */
  readonly name: string;
  readonly title: string;
  /** Reads signals; undefined while there is nothing to draw. */
  readonly figure: () => Figure | undefined;
  /** What it shows, in words. */
  readonly children?: ComponentChildren;
  readonly tall?: boolean;
  /** One of many within a section: no landmark, and its title is that of the drawing. */
  readonly nested?: boolean;
}

/** A chart that the report has too, by its words there. */
export function FitChart({ name, children, ...rest }: Omit<ChartProps, 'title'> & { readonly name: ChartName }) {
  const { title, caption } = chartTexts[name];
  return <Chart key={name} name={name} title={title} {...rest}>{caption} {children}</Chart>;
}

export function Chart({ name, title, figure, children, tall = false, nested = false }: ChartProps) {
  const host = useRef<HTMLDivElement>(null);
  useDrawing(host, figure, name);
  const Panel = nested ? 'div' : 'section';
  return (
    <Panel class="chart-panel" role={nested ? 'group' : undefined} aria-label={title}>
      {!nested && <h2>{title}</h2>}
      <div id={`chart-${name}`} class="chart" data-tall={tall} ref={host} />
      <div class="below-chart">
        <p>{children}</p>
        <div class="buttons">
          {(['png', 'svg'] as const).map((format) => (
            <button key={format} type="button" aria-label={`Save ${title} as ${format.toUpperCase()}`}
              onClick={() => { if (host.current) save(host.current, format, `isoloss-${name}`).catch((error: unknown) => fail('page', error)); }}>
              {format.toUpperCase()}
            </button>
          ))}
        </div>
      </div>
    </Panel>
  );
}
