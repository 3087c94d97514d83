/** Where the runs of a chart are on the screen. */
import type { Page } from 'playwright';

export interface Spot { readonly line: number; readonly x: number; readonly y: number; readonly open: boolean }

/** Where the runs of a chart are on the screen, in pixels, by plotly's own axes; those in its first panel. */
export function spotsOf(page: Page, chart: string): Promise<Spot[]> {
  return page.locator(`#chart-${chart}`).evaluate((host) => {
    host.scrollIntoView({ block: 'center' });
    interface Axis { readonly _offset: number; d2p(value: number): number }
    interface Trace { readonly meta?: string; readonly x: readonly number[]; readonly y: readonly number[]; readonly customdata: readonly number[]; readonly marker: { readonly symbol: readonly string[] } }
    const { _fullLayout: { xaxis, yaxis }, data } = host as unknown as { readonly _fullLayout: Record<'xaxis' | 'yaxis', Axis>; readonly data: readonly Trace[] };
    const { x, y, customdata, marker } = data.find(({ meta }) => meta === 'runs')!;
    const { left, top } = host.getBoundingClientRect();
    const at = (axis: Axis, value: number) => {
      const { _offset: from } = axis;
      return from + axis.d2p(value);
    };
    return customdata.map((line, k) => ({
      line, x: left + at(xaxis, x[k]), y: top + at(yaxis, y[k]), open: marker.symbol[k] === 'circle-open',
    }));
  });
}

/** A run that no other covers. */
export function alone(spots: readonly Spot[]): Spot {
  return spots.find((spot) => spots.every((other) => other === spot || Math.hypot(other.x - spot.x, other.y - spot.y) > 14))!;
}
