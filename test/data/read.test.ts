import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReadOptions } from '../../src/data/read.ts';
import { readSweep } from '../../src/data/read.ts';
import type { Sweep } from '../../src/types.ts';
import { refusal } from './refusal.ts';

describe('a sweep', () => {
  it('of N, D and loss has C = 6·N·D and unit weights', async () => {
    expect(await readSweep('params,tokens,loss\n44M,1.4B,3.9\n\n1e9,"20,000,000,000",2.5\n')).toEqual({
      name: 'table',
      columns: {
        N: Float64Array.of(44e6, 1e9), D: Float64Array.of(1.4e9, 2e10), C: Float64Array.of(6 * 44e6 * 1.4e9, 1.2e20),
      },
      loss: Float64Array.of(3.9, 2.5),
      weight: Float64Array.of(1, 1),
      lines: Int32Array.of(2, 4),
      mapping: { N: 'params', D: 'tokens', C: '6·N·D', loss: 'loss' },
      dropped: [],
      notes: [],
      warnings: [],
    });
  });

  it('keeps further columns that are asked for: texts and numbers, by the name that was asked', async () => {
    const csv = 'N,D,loss,Data Seed,lr\n1e9,1e10,3, a ,1e-3\n2e9,1e10,2.9,b,2e-3\n';
    const { extra } = await readSweep(csv, { keep: ['data seed', 'lr'] });
    expect(extra).toEqual({ 'data seed': ['a', 'b'], lr: ['1e-3', '2e-3'] });
    const json = '[{"N":1e9,"D":1e10,"loss":3,"seed":7},{"N":2e9,"D":1e10,"loss":2.9,"seed":"x"}]';
    expect((await readSweep(json, { keep: ['seed'] })).extra).toEqual({ seed: [7, 'x'] });
    expect(await readSweep(csv)).not.toHaveProperty('extra');
    expect(await readSweep(csv, { keep: [] })).not.toHaveProperty('extra');
  });

  it.each([
    ['N,D,loss\n1e9,1e10,3\n', 'table: expected a column "seed", got the columns "N", "D", "loss". Name one of these.'],
    ['N,D,loss,seed\n1e9,1e10,3,1\n1e9,1e10,3, \n',
      'line 3, column "seed": expected a text or a number, got an empty cell. Write a value in every row.'],
    ['[{"N":1e9,"D":1e10,"loss":3,"seed":[1]}]',
      'row 1, column "seed": expected a text or a number, got a list. Write a value in every row.'],
  ])('has no column to keep in %j', async (table, message) => {
    expect(await refusal(readSweep(table, { keep: ['seed'] }))).toBe(message);
  });

  it('takes what tells groups apart: columns, empty cells as they are, and roles, which go before a column of their name', async () => {
    const csv = 'Model Size,D,loss,corpus,N\n1B,1e10,3, web ,a\n2B,1e10,2.9,,b\n';
    const { extra } = await readSweep(csv, { columns: { N: 'Model Size' }, groups: ['corpus', 'N', 'D/N'] });
    expect(extra).toEqual({ corpus: ['web', ''], N: [1e9, 2e9], 'D/N': [10, 5] });
    const json = '[{"N":1e9,"D":1e10,"loss":3,"corpus":null},{"N":2e9,"D":1e10,"loss":2.9}]';
    expect((await readSweep(json, { groups: ['corpus'] })).extra).toEqual({ corpus: ['', ''] });
    expect(await refusal(readSweep(csv, { columns: { N: 'Model Size' }, groups: ['U'] }))).toBe(
      'table: expected a column "U", got the columns "Model Size", "D", "loss", "corpus", "N". Name one of these.');
    expect(await refusal(readSweep(csv, { columns: { N: 'Model Size' }, groups: ['corpus'], keep: ['corpus'] }))).toBe(
      'line 3, column "corpus": expected a text or a number, got an empty cell. Write a value in every row.');
    expect(await refusal(readSweep('[{"N":1e9,"D":1e10,"loss":3,"corpus":[1]}]', { groups: ['corpus'] }))).toBe(
      'row 1, column "corpus": expected a text or a number, got a list. Write a value in every row.');
  });

  it('without D takes D = C/(6N), and says so', async () => {
    const sweep = await readSweep('N,C,loss\n1e9,1.2e20,2.5\n');
    expect(sweep.columns).toEqual({ N: Float64Array.of(1e9), D: Float64Array.of(2e10), C: Float64Array.of(1.2e20) });
    expect(sweep.mapping).toEqual({ N: 'N', D: 'C/(6N)', C: 'C', loss: 'loss' });
    expect(sweep.notes).toEqual(['D is not in the table: taken as C/(6N).']);
  });

  it('without N takes N = C/(6D), and says so', async () => {
    const sweep = await readSweep('D,C,loss\n2e10,1.2e20,2.5\n');
    expect(sweep.columns.N).toEqual(Float64Array.of(1e9));
    expect(sweep.mapping).toEqual({ N: 'C/(6D)', D: 'D', C: 'C', loss: 'loss' });
    expect(sweep.notes).toEqual(['N is not in the table: taken as C/(6D).']);
  });

  it('with N, D and C keeps all three, and its weights', async () => {
    const sweep = await readSweep('N,D,C,loss,weight\n1e9,2e10,1e20,2.5,0\n');
    expect(sweep.columns.C).toEqual(Float64Array.of(1e20));
    expect(sweep.weight).toEqual(Float64Array.of(0));
    expect(sweep.notes).toEqual([]);
  });

  it('scales a column whose name says so, but not a cell with its own suffix', async () => {
    const sweep = await readSweep('Params (M),tokens in billions,loss\n44,1.4,3\n"1,000",300M,3\n');
    expect(sweep.columns.N).toEqual(Float64Array.of(44e6, 1e9));
    expect(sweep.columns.D).toEqual(Float64Array.of(1.4e9, 300e6));
    expect(sweep.notes).toEqual(['N is "Params (M)" times 1000000.', 'D is "tokens in billions" times 1000000000.']);
    expect(sweep.warnings).toEqual([]);
  });

  it('takes its columns from the options', async () => {
    const text = 'N,D,train_loss,val_loss\n1e9,2e10,2.4,2.5\n';
    expect((await readSweep(text, { columns: { loss: 'val_loss' } })).loss).toEqual(Float64Array.of(2.5));
  });
});

describe('the same sweep', () => {
  const text = 'N,D,loss\n1e9,2e10,2.5\n2e9,4e10,2.25\n';
  const rows = [{ N: 1e9, D: '20B', loss: 2.5 }, { N: 2e9, D: '4e10', loss: '2.25' }];
  const bytes = new TextEncoder().encode(text);
  const parquet = parquetWriteBuffer({
    columnData: [
      { name: 'N', data: [1_000_000_000n, 2_000_000_000n], type: 'INT64' },
      { name: 'D', data: [2e10, 4e10], type: 'DOUBLE' },
      { name: 'loss', data: [2.5, 2.25], type: 'FLOAT' },
    ],
  });

  it.each([
    ['a text', text, [2, 3]],
    ['bytes', bytes, [2, 3]],
    ['an ArrayBuffer', bytes.slice().buffer, [2, 3]],
    ['a Blob', new Blob([text]), [2, 3]],
    ['gzip', new Uint8Array(gzipSync(text)), [2, 3]],
    ['JSON', JSON.stringify(rows), [1, 2]],
    ['JSON Lines', rows.map((row) => JSON.stringify(row)).join('\n'), [1, 2]],
    ['Parquet', parquet, [1, 2]],
  ])('comes from %s', async (_, source, lines) => {
    const sweep = await readSweep(source, { name: 'runs' });
    expect(sweep).toEqual({ ...(await readSweep(text)), name: 'runs', lines: Int32Array.from(lines) });
  });

  it('is named as its file', async () => {
    expect((await readSweep(new File([text], 'a.csv'))).name).toBe('a.csv');
  });
});

describe('a bad cell', () => {
  it.each([
    ['N,D,loss\n1,2,3\n1,1.4Q,3\n', 'line 3, column "D": expected a positive count such as 1.4e12, got "1.4Q". ' +
      'Write a number; K, M, B or T (1e3, 1e6, 1e9, 1e12) may follow it.'],
    ['N,Tokens,loss\n1,2,NaN\n', 'line 2, column "loss": expected a positive loss such as 2.87, got "NaN". ' +
      'If the run diverged, delete the row.'],
    ['N,D,loss\n1,2,\n0,2,3\n',
      'line 2, column "loss": expected a positive loss such as 2.87, got an empty cell. ' +
      'Fill it in, or delete the row. 1 more cell cannot be used either.'],
    ['N,D,loss,weight\n1,2,3,1\n1,2,3,-1\n-1,x,0,1\n',
      'line 3, column "weight": expected a weight, zero or positive, such as 1, got "-1". ' +
      'Write a plain number; zero leaves the run out. 3 more cells cannot be used either.'],
    ['[{"N": 1, "D": 2, "loss": 3}, {"N": -5, "D": 2, "loss": 3}]',
      'row 2, column "N": expected a positive count such as 1.4e12, got -5. ' +
      'Fits are made in log space, where zero and below have no place.'],
    ['{"N": 1, "D": 2, "loss": 3}\n\n{"N": 1, "loss": 3}',
      'line 3, column "D": expected a positive count such as 1.4e12, got an empty cell. ' +
      'Fill it in, or delete the row.'],
  ])('in %j is told', async (text, message) => {
    expect(await refusal(readSweep(text))).toBe(message);
  });
});

describe('a warning', () => {
  const bits = 'Multiply bits by 0.6931, and bits per byte also by bytes per token, for nats per token. ' +
    'As it is, E, A and B come out in the unit of the column; the exponents are the same.';
  it.each([
    ['ppl', ['9', '12'], ['The column "ppl" suggests perplexity: take the logarithm.']],
    ['val_perplexity', ['9', '22'], ['The column "val_perplexity" suggests perplexity: take the logarithm.']],
    ['loss', ['3', '22.34'],
      ['The highest loss is 22.3, worse than a guess. If it is perplexity, take the logarithm.']],
    ['loss', ['13', '0.9'], []],
    ['loss (bits)', ['3', '4'], [`The column "loss (bits)" suggests bits. ${bits}`]],
    ['val_bpb', ['0.7', '0.8'], [`The column "val_bpb" suggests bits. ${bits}`]],
    ['loss', ['0.7', '0.8'], [`The median loss is 0.8, low for nats per token; it may be in bits per byte. ${bits}`]],
  ])('for %s of %j', async (name, [first, second], warnings) => {
    const text = `N,D,${name}\n1e9,2e10,${first}\n1e9,2e10,${second}\n`;
    expect((await readSweep(text, { columns: { loss: name } })).warnings).toEqual(warnings);
  });

  it('for counts that are too small to be counts', async () => {
    expect((await readSweep('N,D,C,loss\n70,1.4,1e3,3\n')).warnings).toEqual(
      [['N', '70'], ['D', '1.4'], ['C', '1000']].map(([role, value]) =>
        `The median of ${role}, from "${role}", is ${value}. If that is in millions or billions, ` +
          `say so in the name of the column, as in "${role} (M)" or "${role} (B)".`),
    );
  });
});

describe('a string', () => {
  it.each(['runs.csv', ' https://host/runs.csv\n'])('that is one line, %j, is refused', async (text) => {
    expect(await refusal(readSweep(text))).toBe(
      `source: expected the text of a table, got one line, "${text.trim()}". ` +
        "For an address give new URL('…'); for a file use readSweepFrom of isoloss/node.",
    );
  });

  it('that is empty is refused', async () => {
    expect(await refusal(readSweep(''))).toBe(
      'table: expected a table of runs (CSV, TSV, JSON, JSON Lines or Parquet), got nothing. Check its source.',
    );
  });
});

describe('a URL', () => {
  const answers: Readonly<Record<string, readonly [type: string, body: string | Uint8Array]>> = {
    '/runs.csv': ['text/csv', 'N,D,loss\n1e9,2e10,2.5\n'],
    '/runs.csv.gz': ['application/gzip', gzipSync('N,D,loss\n1e9,2e10,2.5\n')],
    '/page.csv': ['text/html', '<!DOCTYPE html><title>runs</title>'],
  };
  const server = createServer((request, response) => {
    if (request.url === '/slow.csv') return;
    const [type, body] = answers[request.url ?? ''] ?? ['text/plain', 'nothing here'];
    response.writeHead(body === 'nothing here' ? 404 : 200, { 'content-type': type }).end(body);
  });
  const at = (path: string): URL => new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  beforeAll(() => new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); }));
  afterAll(() => { server.closeAllConnections(); server.close(); });

  it.each(['/runs.csv', '/runs.csv.gz'])('%s is fetched and names the sweep', async (path) => {
    const sweep = await readSweep(at(path));
    expect([sweep.name, sweep.columns.N]).toEqual([at(path).href, Float64Array.of(1e9)]);
  });

  it('that answers 404 is refused', async () => {
    expect(await refusal(readSweep(at('/none.csv')))).toBe(
      `${at('/none.csv').href}: expected a table of runs, got the answer 404 Not Found. Check the address.`,
    );
  });

  it('that answers with a web page is refused', async () => {
    expect(await refusal(readSweep(at('/page.csv'), { name: 'page' }))).toBe(
      'page: expected a table of runs (CSV, TSV, JSON, JSON Lines or Parquet), got a web page. ' +
        'Give the address of the file itself; on GitHub that is "Raw".',
    );
  });

  it('that does not answer is refused', async () => {
    const closed = createServer();
    await new Promise<void>((listening) => { closed.listen(0, '127.0.0.1', listening); });
    const { port } = closed.address() as AddressInfo;
    await new Promise((done) => { closed.close(done); });
    expect(await refusal(readSweep(new URL(`http://127.0.0.1:${port}/runs.csv`)))).toBe(
      `http://127.0.0.1:${port}/runs.csv: expected a table of runs, ` +
        `got no answer (connect ECONNREFUSED 127.0.0.1:${port}). ` +
        'Check the address and the connection; a page can only read from servers that allow it (CORS).',
    );
  });

  it('of another kind is refused', async () => {
    expect(await refusal(readSweep(new URL('ftp://host/runs.csv')))).toBe(
      'ftp://host/runs.csv: expected an http or https address, got ftp://. Give the file itself.',
    );
  });

  it('rejects with the reason of the signal when aborted', async () => {
    const controller = new AbortController();
    const reading = readSweep(at('/slow.csv'), { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(reading).rejects.toThrow(new Error('enough'));
  });
});

const SHARED = new URL('../../../shared/data/', import.meta.url);
const ABSENT = !existsSync(SHARED);

function open(path: string, columns: NonNullable<ReadOptions['columns']> = {}): Promise<Sweep> {
  return readSweep(readFileSync(new URL(path, SHARED)), { name: path, columns });
}

describe.skipIf(ABSENT)(`published sweeps${ABSENT ? ': SKIPPED, ../shared/data is not here' : ''}`, () => {
  it.each([
    ['epoch/svg_extracted_data.csv', 245, { N: 'Model Size', D: 'C/(6N)', C: 'Training FLOP', loss: 'loss' }],
    ['gemstones/hot.jsonl', 220, { N: 'params_active_precise', D: 'tokens', C: '6·N·D', loss: 'final_loss' }],
    ['gemstones/hot_sampled_like_chinchilla.jsonl', 24,
      { N: 'params_active_precise', D: 'tokens', C: '6·N·D', loss: 'final_loss' }],
    ['datablations/c4_182.csv', 182, { N: 'params', D: 'tokens', C: '6·N·D', loss: 'loss', U: 'unique_tokens' }],
    ['datablations/c4_296.csv', 296, { N: 'params', D: 'tokens', C: '6·N·D', loss: 'loss', U: 'unique_tokens' }],
  ])('%s has %d runs', async (path, runs, mapping) => {
    const sweep = await open(path);
    expect([sweep.loss.length, sweep.mapping, sweep.warnings]).toEqual([runs, mapping, []]);
  });

  it('gadre/models104.csv is read whole: lines are those of the file', async () => {
    const sweep = await open('gadre/models104.csv');
    expect(sweep.mapping).toEqual({ N: 'params', D: 'tokens', C: '6·N·D', loss: 'loss' });
    expect(sweep.lines.at(-1)).toBe(sweep.loss.length + 1);
  });

  it('gadre/c4_val_and_err17.csv needs its loss named, and says how', async () => {
    expect(await refusal(open('gadre/c4_val_and_err17.csv'))).toBe(
      'gadre/c4_val_and_err17.csv: expected a column for the loss, got the columns "dataset", "model", "params", ' +
        '"tokens", "cc_mult", "loss_c4_val", "err17". ' +
        "Name it: --columns loss=loss_c4_val, in code { columns: { loss: 'loss_c4_val' } }.",
    );
    const sweep = await open('gadre/c4_val_and_err17.csv', { loss: 'loss_c4_val' });
    expect(sweep.loss[0]).toBe(3.5279492850157737);
  });
});
