/** Draws a figure. The only file that loads plotly (5 MB), when the first chart is drawn. */
import type { Figure } from '../index.ts';

let loading: ReturnType<typeof load> | undefined;

async function load() {
  const module = await import('plotly.js-dist-min');
  return 'default' in module ? module.default as typeof module : module;
}

/** Draws, or redraws what changed. */
export async function draw(host: HTMLElement, figure: Figure): Promise<void> {
  const plotly = await (loading ??= load());
  await plotly.react(host, figure.data, figure.layout, figure.config);
}

/** Downloads the chart as it stands: PNG at three times the pixels, or SVG. */
export async function save(host: HTMLElement, format: 'png' | 'svg', filename: string): Promise<void> {
  const plotly = await (loading ??= load());
  const { width, height } = host.getBoundingClientRect();
  await plotly.downloadImage(host, { format, filename, width, height, scale: format === 'png' ? 3 : 1 });
}
