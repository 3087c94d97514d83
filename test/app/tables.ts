/** Tables for the page, whole and broken, and the ways to give it one. */
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright';
import { LAW, lossOf } from '../support/cases.ts';

/** A table of runs over two decades of N and D, by a rule that repeats no run; losses are off by up to 1 %. */
export function tableOf(count: number, header = 'N,D,loss'): string {
  const rows = Array.from({ length: count }, (_, k) => {
    const [N, D] = [Math.round(5e7 * 100 ** ((k * 0.618034) % 1)), Math.round(1e9 * 100 ** ((k * 0.414214) % 1))];
    return `${N},${D},${(lossOf({ N, D }) * (1 + 0.01 * Math.sin(k * k))).toFixed(6)}`;
  });
  return `${[header, ...rows].join('\n')}\n`;
}

/** Twelve models, each to 250 tokens a parameter, so that their curves cross; `run` names the column of the run. */
export function curvesTable(run = 'run'): string {
  const rows = Array.from({ length: 12 }, (_, model) => {
    const N = Math.round(5e7 * 1.5 ** model);
    return Array.from({ length: 60 }, (__, k) => {
      const D = Math.round((250 * N * (k + 1)) / 60);
      return `model ${model},${N},${D},${lossOf({ N, D }).toFixed(6)}`;
    });
  });
  return `${[`${run},N,tokens,loss`, ...rows.flat()].join('\n')}\n`;
}

/** Samples of two models on 60 problems, of which some are as good as hopeless; `count` names the column of the right ones. */
export function samplesTable(count = 'c'): string {
  const rows = ([['small', '7B', 400, 2.6], ['large', '70B', 300, 1.7]] as const).flatMap(([model, N, tokens, hard]) =>
    Array.from({ length: 60 }, (_, k) => `problem ${k},${model},${N},${tokens},200,${Math.round(200 * Math.exp(-hard * 3 * ((k * 0.618034) % 1)))}`));
  return `${[`problem,model,N,tokens,n,${count}`, ...rows].join('\n')}\n`;
}

/** Below every loss of the tables. */
export const FLOOR = LAW.E;

const whole = tableOf(40);
const lines = whole.split('\n');
const TABLE = 'a table of runs (CSV, TSV, JSON, JSON Lines or Parquet)';

/** Tables that cannot be opened, and what the page says of each. */
export const UNREADABLE: readonly (readonly [what: string, name: string, bytes: string | Uint8Array, message: string])[] = [
  ['a row that is too short', 'ragged.csv', `${whole}1e9,2e10\n`, 'line 42: expected 3 fields as in the header, got 2. Fill in the rest, or delete the row.'],
  ['a web page', 'page.csv', '<!doctype html><p>Not found</p>', `page.csv: expected ${TABLE}, got a web page. Give the address of the file itself; on GitHub that is "Raw".`],
  ['nothing', 'empty.csv', '', `empty.csv: expected ${TABLE}, got nothing. Check its source.`],
  ['a header alone', 'header.csv', 'N,D,loss\n', 'header.csv: expected at least one run, got a table without rows. Add a row for each run.'],
  ['a picture', 'picture.csv', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 1), `picture.csv: expected ${TABLE}, got bytes that are no text (89 50 4e 47). Save it as CSV in UTF-8.`],
  ['a download that broke off', 'cut.csv.gz', gzipSync(whole).subarray(0, 200), 'cut.csv.gz: expected a whole gzip file, got one that is broken or cut short. Compress or download it again.'],
];

/** Tables that open, and cannot be read as they are. `place`: the text that is marked beside the message. */
export const UNFIT: readonly (readonly [what: string, name: string, text: string, message: string])[] = [
  ['no loss', 'lossless.csv', tableOf(40, 'N,D,score'), 'lossless.csv: expected a column for the loss, got the columns "N", "D", "score". Name it: --columns loss=NAME, in code { columns: { loss: \'NAME\' } }.'],
  ['two losses', 'twice.csv', [`N,D,val_loss,train_loss`, ...lines.slice(1, -1).map((line) => `${line},2`)].join('\n'), 'twice.csv: expected one column for the loss, got "val_loss" and "train_loss" among the columns "N", "D", "val_loss", "train_loss". Name it: --columns loss=train_loss, in code { columns: { loss: \'train_loss\' } }.'],
];

/** As `tableOf(40)`, with a cell on line 4 that is no count. */
export const BAD_CELL = lines.with(3, '70M,1.4Q,3.1').join('\n');

/** Drops a file on the page, or on a part of it that takes other tables. */
export async function drop(page: Page, name: string, content: string | Uint8Array, on = 'main'): Promise<void> {
  const dataTransfer = await page.evaluateHandle(([name, base64]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
    return transfer;
  }, [name, Buffer.from(content).toString('base64')] as const);
  await page.dispatchEvent(on, 'dragover', { dataTransfer });
  await page.dispatchEvent(on, 'drop', { dataTransfer });
}
