/** An area between the ends of intervals along a line. */
import type { Data, ScatterData } from 'plotly.js-dist-min';

/** None of fewer than two intervals. `rest`: what the trace says beside its shape. */
export function bandOf(intervals: readonly (readonly [at: number, low: number, high: number])[], fillcolor: string,
                       rest: Partial<ScatterData> = {}): Data[] {
  if (intervals.length < 2) return [];
  const outline = [...intervals.map(([at, low]) => [at, low] as const), ...intervals.toReversed().map(([at, , high]) => [at, high] as const)];
  return [{
    type: 'scatter', mode: 'lines', hoverinfo: 'skip', ...rest,
    x: outline.map(([at]) => at),
    y: outline.map(([, end]) => end),
    fill: 'toself', fillcolor, line: { width: 0 },
  }];
}
