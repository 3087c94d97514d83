/** `npm run bench [question …]`: each measures one thing; without a name, all but those that take many minutes. */
import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { version, type Sweep } from '../src/node.ts';
import { accuracy } from './accuracy.ts';
import { allStarts } from './all-starts.ts';
import { autoStarts } from './auto-starts.ts';
import { batchSizes } from './batch-sizes.ts';
import { bootstrap } from './bootstrap.ts';
import { defaultFit } from './default-fit.ts';
import { lanes } from './lanes.ts';
import { laws } from './laws.ts';
import { memory } from './memory.ts';
import { paperStarts } from './paper-starts.ts';
import { simulate } from './simulate.ts';
import { startup } from './startup.ts';
import { sweeps } from './sweeps.ts';

const QUESTIONS: Readonly<Record<string, (all: readonly Sweep[]) => Promise<void>>> = {
  startup, accuracy, 'default-fit': defaultFit, 'auto-starts': autoStarts, bootstrap, 'batch-sizes': batchSizes, lanes, laws,
  'paper-starts': paperStarts, 'all-starts': allStarts, simulate, memory,
};
/** Minutes on a machine without a GPU. */
const LONG: ReadonlySet<string> = new Set(['all-starts', 'simulate', 'memory']);

const asked = process.argv.slice(2);
const unknown = asked.filter((question) => !Object.hasOwn(QUESTIONS, question));
if (unknown.length > 0) {
  console.error(`bench: expected questions of ${Object.keys(QUESTIONS).join(', ')}, got ${unknown.join(', ')}.`);
  process.exit(2);
}
const packed = join(import.meta.dirname, 'pack.json');
const origin = existsSync(packed) ? `, packed at commit ${(JSON.parse(readFileSync(packed, 'utf8')) as { commit: string }).commit}` : '';
console.log(`isoloss ${version}${origin}, node ${process.version}, ${process.platform} ${process.arch}, ` +
  `${cpus().length} × ${cpus()[0].model}, ${new Date().toISOString().slice(0, 10)}\n`);
const all = await sweeps();
for (const [question, measure] of Object.entries(QUESTIONS)) {
  if (asked.length > 0 ? asked.includes(question) : !LONG.has(question)) await measure(all);
}
