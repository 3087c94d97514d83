/** Buttons that keep what a view found. */
import type { ComponentChildren } from 'preact';
import { download } from '../download.ts';
import { fail } from '../engine.ts';
import { plotlySource } from '../plot.ts';

/** As JSON, as a page that opens offline, and buttons for what else there is; `name` of the files. */
export function Files({ name, json, page, children }: {
  readonly name: string;
  readonly json: () => unknown;
  readonly page: (plotly: string) => Promise<string>;
  readonly children?: ComponentChildren;
}) {
  const report = async () => download(`${name}.html`, 'text/html', await page(await plotlySource()));
  return (
    <div class="buttons">
      <button type="button" onClick={() => download(`${name}.json`, 'application/json', `${JSON.stringify(json(), null, 2)}\n`)}>Results as JSON</button>
      {children}
      <button type="button" onClick={() => { report().catch((error: unknown) => fail('page', error)); }}>Report as HTML</button>
    </div>
  );
}
