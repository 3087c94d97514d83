/** `npm run bench [question …]`: startup, accuracy, default-fit, auto-starts, bootstrap, paper-starts; all of them by default. */
import { cpus } from 'node:os';
import { version } from '../src/node.ts';
import { accuracy } from './accuracy.ts';
import { autoStarts } from './auto-starts.ts';
import { bootstrap } from './bootstrap.ts';
import { defaultFit } from './default-fit.ts';
import { paperStarts } from './paper-starts.ts';
import { startup } from './startup.ts';
import { sweeps } from './sweeps.ts';

const asked = process.argv.slice(2);
const wanted = (question: string) => asked.length === 0 || asked.includes(question);
const all = await sweeps();

console.log(`isoloss ${version}, node ${process.version}, ${process.platform} ${process.arch}, ` +
  `${cpus().length} × ${cpus()[0].model}, ${new Date().toISOString().slice(0, 10)}\n`);
if (wanted('startup')) await startup();
if (wanted('accuracy')) await accuracy(all);
if (wanted('default-fit')) await defaultFit(all);
if (wanted('auto-starts')) await autoStarts(all);
if (wanted('bootstrap')) await bootstrap(all);
if (wanted('paper-starts')) await paperStarts(all);
