/** `isoloss fit --out report.html`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isHtml } from '../../src/cli/output.ts';
import type { FitJson } from '../../src/report/json.ts';
import { inProcess, jsonInProcess, table } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
const [runs, out] = [join(folder, 'my runs.csv'), join(folder, 'report.html')];
const OPTIONS = ['--backend', 'cpu', '--starts', '8', '--bootstrap', '30', '--predict', 'N=70B,D=1.4T', '--drop-highest', '1', '--influence'];
beforeAll(() => writeFileSync(runs, table()));
afterAll(() => rmSync(folder, { recursive: true }));

/** What two fits of the same runs differ in. */
function timeless({ bootstrap, influence, ...rest }: FitJson): object {
  return { ...rest, timings: {}, bootstrap: { ...bootstrap, seconds: 0 }, influence: { ...influence, seconds: 0 } };
}

it('is a page with charts that holds what --json prints', async () => {
  expect(await inProcess(['fit', runs, ...OPTIONS, '--quiet', '--out', out])).toBe(0);
  const text = readFileSync(out, 'utf8');
  const result = JSON.parse(/<script type="application\/json" id="isoloss-result">(.*?)<\/script>/s.exec(text)![1]!) as FitJson;
  expect(timeless(result)).toEqual(timeless(await jsonInProcess<FitJson>(['fit', runs, ...OPTIONS])));
  expect(text.match(/<div class="chart"/g)).toHaveLength(9);
  expect(text).toContain('plotly.js (cartesian');
  for (const title of ['Parameters', 'What to train', 'Predicted loss', 'Charts', 'Certificate', 'Influence', 'Runs left out', 'Methods', 'Provenance']) {
    expect(text).toContain(`<h2>${title}</h2>`);
  }
});

it.each([
  ['report.html', false, true], ['REPORT.HTM', false, true], ['report.html', true, false], ['html', false, false], ['a.html.json', false, false],
  [undefined, false, false],
])('--out %s, with --json %s: a page: %s', (path, json, page) => {
  expect(isHtml({ json, quiet: false, ...(path !== undefined && { out: path }) })).toBe(page);
});
