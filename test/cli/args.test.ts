import { lawIds } from '../../src/laws/registry.ts';
import { expect, it } from 'vitest';
import { parseCommand } from '../../src/cli/args.ts';
import { UsageError } from '../../src/cli/usage.ts';

const PLAIN = {
  name: 'fit', fit: {}, filter: { where: [] }, columns: {}, bootstrap: {}, influence: false, predict: [], json: false, quiet: false,
};

it.each([
  ['fit', {}],
  ['fit runs.csv', { source: 'runs.csv' }],
  ['fit -', { source: '-' }],
  ['fit -- --odd.csv', { source: '--odd.csv' }],
  ['--json fit runs.csv -q', { source: 'runs.csv', json: true, quiet: true }],
  ['fit --delta 1e-4 --starts paper --backend cpu', { fit: { delta: 1e-4, starts: 'paper', backend: 'cpu' } }],
  ['fit --starts 4500 --screen=100 --seed 4294967295', { fit: { starts: 4500, screen: 100, seed: 4294967295 } }],
  ['fit --law kaplan', { fit: { law: 'kaplan' } }],
  ['fit --starts auto --starts 1e5', { fit: { starts: 100_000 } }],
  ['fit --where C<1e21 --drop-highest 5 --where D/N>=2', { filter: { where: ['C<1e21', 'D/N>=2'], dropHighest: 5 } }],
  ['fit --exclude 12,15-18 --exclude 3', { filter: { where: [], exclude: [12, 15, 16, 17, 18, 3] } }],
  ['fit --columns N=a,loss=b --columns weight=', { columns: { N: 'a', loss: 'b', weight: '' } }],
  ['fit --format jsonl -o x.json', { format: 'jsonl', out: 'x.json' }],
  ['fit --bootstrap 4000 --bootstrap-kind wild --confidence .9 --interval basic --resample-starts 3',
    { bootstrap: { replicates: 4000, kind: 'wild', confidence: 0.9, interval: 'basic', extraStarts: 3 } }],
  ['fit --bootstrap 20 --cluster size --resample-starts auto',
    { bootstrap: { replicates: 20, cluster: 'size', extraStarts: 'auto' } }],
  ['fit --bootstrap 20 --resample-starts 0 --interval bca', { bootstrap: { replicates: 20, extraStarts: 0, interval: 'bca' } }],
  ['fit --bootstrap 20 --interval sandwich', { bootstrap: { replicates: 20, interval: 'sandwich' } }],
  ['fit --interval sandwich --confidence .9', { bootstrap: { interval: 'sandwich', confidence: 0.9 } }],
  ['fit --influence', { influence: true }],
  ['fit --influence --cluster N', { influence: true, bootstrap: { cluster: 'N' } }],
  ['fit --influence --bootstrap 20 --cluster N', { influence: true, bootstrap: { replicates: 20, cluster: 'N' } }],
  ['fit x --bootstrap 20 --bootstrap-kind cluster --cluster seed',
    { source: 'x', bootstrap: { replicates: 20, kind: 'cluster', cluster: 'seed' } }],
  ['fit --bootstrap 20 --resample-starts paper', { bootstrap: { replicates: 20, extraStarts: 'paper' } }],
  ['fit --counts c.bin --interval percentile', { bootstrap: { counts: 'c.bin', interval: 'percentile' } }],
  ['fit --predict N=70e9,D=1.4e12 --predict D=15T,N=8B', { predict: [{ N: 7e10, D: 1.4e12 }, { N: 8e9, D: 1.5e13 }] }],
  ['fit --predict N=1,000,000,D=2e9', { predict: [{ N: 1e6, D: 2e9 }] }],
])('%s', (line, command) => {
  expect(parseCommand(line.split(' '))).toEqual({ kind: 'run', command: { ...PLAIN, ...command } });
});

it.each([
  ['N=Model Size,loss=final, smoothed', { N: 'Model Size', loss: 'final, smoothed' }],
  ['N=a=b,D=c,d, D', { N: 'a=b', D: 'c,d, D' }],
  ['N=a, D=b', { N: 'a', D: 'b' }],
])('--columns %j', (value, columns) => {
  expect(parseCommand(['fit', '--columns', value])).toEqual({ kind: 'run', command: { ...PLAIN, columns } });
});

it.each([
  ['--help', {}], ['-h', {}], ['help', {}], ['help help', {}],
  ['fit --help', { topic: 'fit' }], ['help fit', { topic: 'fit' }], ['help simulate', { topic: 'simulate' }],
  ['fit x --oops -h', { topic: 'fit' }], ['simulate --help', { topic: 'simulate' }],
])('%s asks for help', (line, topic) => {
  expect(parseCommand(line.split(' '))).toEqual({ kind: 'help', ...topic });
});

it.each(['--version', 'fit --version', 'fit runs.csv --version', 'simulate --version'])('%s asks for the version', (line) => {
  expect(parseCommand(line.split(' '))).toEqual({ kind: 'version' });
});

const ROLES = 'expected ROLE=NAME with a role of N, D, C, loss, weight, x, U, P_w, P_a, P_kv, S, experts, G';
const AS_IN = 'Write it as in --columns "N=Model Size,loss=final_loss".';

it.each([
  [[], 'isoloss: expected a command, got none. Begin with isoloss fit, or see isoloss --help.'],
  [['fti'], 'isoloss: expected a command, got "fti". Did you mean fit?'],
  [['train'], 'isoloss: expected a command, got "train". isoloss --help lists them.'],
  [['runs.csv'], 'isoloss: expected a command, got "runs.csv". To fit it: isoloss fit runs.csv'],
  [['simulat', '--sweeps', '5'], 'isoloss: expected a command, got "simulat". Did you mean simulate?'],
  [['toString'], 'isoloss: expected a command, got "toString". isoloss --help lists them.'],
  [['help', 'fitt'], 'isoloss: expected a command, got "fitt". Did you mean fit?'],
  [['fit', '--seeed', '1'], 'isoloss fit: expected one of its options, got --seeed. Did you mean --seed?'],
  [['fit', '-json'], 'isoloss fit: expected one of its options, got -json. Did you mean --json?'],
  [['fit', '-x'], 'isoloss fit: expected one of its options, got -x. isoloss fit --help lists them.'],
  [['fit', '--verbose'], 'isoloss fit: expected one of its options, got --verbose. isoloss fit --help lists them.'],
  [['fit', '--sweeps', '9'], 'isoloss fit: expected one of its options, got --sweeps. It is one of isoloss simulate.'],
  [['--bogus'], 'isoloss: expected one of its options, got --bogus. isoloss --help lists them.'],
  [['fit', '--json=1'], 'isoloss fit --json: expected no value, got "1". Write --json alone.'],
  [['fit', '--delta'], 'isoloss fit --delta: expected a value, got none. Give it as --delta VALUE.'],
  [['fit', '--delta', '--json'], 'isoloss fit --delta: expected a value, got --json. Give it as --delta VALUE.'],
  [['fit', 'a', 'b c'],
    'isoloss fit: expected one source, got "a" and "b c". Quote what holds a space: --columns "N=Model Size".'],
  [['fit', ''], 'isoloss fit: expected a file, an address or -, got "". Leave it out for the bundled sweep.'],
  [['fit', '--delta', '0'],
    'isoloss fit --delta: expected a positive number such as 1e-3, got "0". Write a plain number.'],
  [['fit', '--delta', 'Infinity'],
    'isoloss fit --delta: expected a positive number such as 1e-3, got "Infinity". Write a plain number.'],
  [['fit', '--starts', 'papr'],
    'isoloss fit --starts: expected auto, paper or a positive whole number, got "papr". Did you mean paper?'],
  [['fit', '--starts', '1.5'],
    'isoloss fit --starts: expected auto, paper or a positive whole number, got "1.5". Take one of these.'],
  [['fit', '--screen', '0'], 'isoloss fit --screen: expected a whole number from 1 on, got "0". Write it in digits.'],
  [['fit', '--seed', '-1'],
    'isoloss fit --seed: expected a whole number from 0 to 4294967295, got "-1". Write it in digits.'],
  [['fit', '--drop-highest', 'five'],
    'isoloss fit --drop-highest: expected a whole number from 0 on, got "five". Write it in digits.'],
  [['fit', '--law', 'kaplann'], `isoloss fit --law: expected one of ${lawIds.join(', ')}, ` +
    'got "kaplann". Did you mean kaplan?'],
  [['fit', '--backend', 'cup'], 'isoloss fit --backend: expected one of auto, gpu, cpu, got "cup". Did you mean cpu?'],
  [['fit', '--format', 'xlsx'],
    'isoloss fit --format: expected one of csv, tsv, jsonl, json, parquet, got "xlsx". Take one of these.'],
  [['fit', '--where', 'C~1e21'], 'isoloss fit --where: expected a comparison such as C<1e21 or corpus=c4, got "C~1e21". ' +
    'Compare N, D, C, D/N, loss, another role or a column by <, <=, >, >=, = or != with a number such as 70B, or by = or != with a text.'],
  [['fit', '--exclude', '12;15'], 'isoloss fit --exclude: expected lines such as 12,15-18, got "12;15". ' +
    'Write numbers from 1 on, and ranges with the lower one first, parted by commas.'],
  [['landscape', '--exclude', '1-2000000'],
    'isoloss landscape --exclude: expected at most 1000000 lines, got "1-2000000". Leave out by where what is so many.'],
  [['fit', '--columns', 'params'], `isoloss fit --columns: ${ROLES}, got "params". ${AS_IN}`],
  [['fit', '--columns', 'N=a,tokens=b'], `isoloss fit --columns: ${ROLES}, got "tokens=b". ${AS_IN}`],
  [['fit', '--columns', 'los=a'], `isoloss fit --columns: ${ROLES}, got "los=a". Did you mean loss?`],
  [['fit', '--columns', 'n=a'], `isoloss fit --columns: ${ROLES}, got "n=a". Did you mean N?`],
  [['fit', '--columns', 'N=a,N=b'], 'isoloss fit --columns: expected one column for N, got two. Leave one out.'],
  [['fit', '--bootstrap', '1'],
    'isoloss fit --bootstrap: expected a whole number from 2 to 10000000, got "1". Write it in digits.'],
  [['fit', '--bootstrap', '9', '--bootstrap-kind', 'pair'],
    'isoloss fit --bootstrap-kind: expected one of pairs, residual, wild, parametric, cluster, got "pair". ' +
      'Did you mean pairs?'],
  [['fit', '--bootstrap', '9', '--interval', 'bootstrap-t'],
    'isoloss fit --interval: expected one of percentile, basic, bca, sandwich, got "bootstrap-t". Take one of these.'],
  [['fit', '--bootstrap', '9', '--confidence', '95'],
    'isoloss fit --confidence: expected a number between 0 and 1 such as 0.95, got "95". Write 95 % as 0.95.'],
  [['fit', '--bootstrap', '9', '--resample-starts', 'papers'],
    'isoloss fit --resample-starts: expected auto, paper or a whole number from 0 on, got "papers". Did you mean paper?'],
  [['fit', '--resample-starts', 'paper'],
    'isoloss fit --resample-starts: expected --bootstrap beside it, got none. Add --bootstrap 1000, say.'],
  [['fit', '--cluster', ''],
    'isoloss fit --cluster: expected the name of a column, got "". N or size takes the model size.'],
  [['fit', '--counts', '-'], 'isoloss fit --counts: expected the name of a file, got "-". Write the counts to a file.'],
  [['fit', '--confidence', '.9'],
    'isoloss fit --confidence: expected --bootstrap or --interval sandwich beside it, got none. Add --bootstrap 1000, say.'],
  [['fit', '--interval', 'bca', '--influence'], 'isoloss fit --interval bca: expected --bootstrap beside it, got none. ' +
    'Add --bootstrap 1000, say; --interval sandwich needs none.'],
  [['fit', '--interval', 'basic'], 'isoloss fit --interval basic: expected --bootstrap beside it, got none. ' +
    'Add --bootstrap 1000, say; --interval sandwich needs none.'],
  [['fit', '--influence', '--bootstrap-kind', 'pairs'],
    'isoloss fit --bootstrap-kind: expected --bootstrap beside it, got none. Add --bootstrap 1000, say.'],
  [['fit', '--influence', '--cluster', 'seed'],
    'isoloss fit --cluster: expected N or size, for the bundled sweep, got "seed". Give a file that has this column.'],
  [['fit', '--cluster', 'N'],
    'isoloss fit --cluster: expected --bootstrap or --influence beside it, got none. Add --bootstrap 1000, say.'],
  [['fit', '--cluster', 'N', '--interval', 'sandwich'],
    'isoloss fit --cluster: expected --bootstrap or --influence beside it, got none. Add --bootstrap 1000, say.'],
  [['fit', '--counts', 'c', '--bootstrap-kind', 'pairs'],
    'isoloss fit --counts: expected no other kind beside it, got --bootstrap-kind. Leave one out.'],
  [['fit', '--counts', 'c', '--cluster', 'N'],
    'isoloss fit --counts: expected no other kind beside it, got --cluster. Leave one out.'],
  [['fit', '--bootstrap', '9', '--bootstrap-kind', 'wild', '--cluster', 'N'],
    'isoloss fit --cluster: expected --bootstrap-kind cluster, or none, beside it, got wild. Leave one out.'],
  [['fit', '--bootstrap', '9', '--bootstrap-kind', 'cluster'],
    'isoloss fit --bootstrap-kind cluster: expected --cluster beside it, got none. ' +
      'Name the column: --cluster COLUMN, or --cluster N.'],
  [['fit', '--bootstrap', '9', '--cluster', 'seed'],
    'isoloss fit --cluster: expected N or size, for the bundled sweep, got "seed". Give a file that has this column.'],
  [['fit', '--out', ''],
    'isoloss fit --out: expected the name of a file, got "". Without --out the result goes to standard output.'],
])('%j is refused', (argv, message) => {
  expect(() => parseCommand(argv)).toThrow(new UsageError(message));
});

const MODEL_ROLES = 'roles of N, D, x, U, P_w, P_a, P_kv, S, experts, G';
const PLAIN_NUMBER = 'Write a plain number; K, M, B or T (1e3, 1e6, 1e9, 1e12) may follow it.';
it.each([
  ['N=70B', 'a model such as N=70B,D=1.4T, got "N=70B". Add D (training tokens).'],
  ['U=1B', 'a model such as N=70B,D=1.4T, got "U=1B". Add N (parameters) and D (training tokens).'],
  ['N=70B,N=8B', 'one value of N, got "N=70B,N=8B". Repeat the option for another model.'],
  ['70B,1.4T', 'a model such as N=70B,D=1.4T, got "70B,1.4T". Write each part as ROLE=NUMBER, with commas between them.'],
  ['N=70Q,D=1.4T', `a positive number for N (parameters), got "70Q" in "N=70Q,D=1.4T". ${PLAIN_NUMBER}`],
  ['N=0,D=1T', `a positive number for N (parameters), got "0" in "N=0,D=1T". ${PLAIN_NUMBER}`],
  ['N=1,D=2,S=1', `a share from 0 to below 1 such as 0.9 for S, got "1" in "N=1,D=2,S=1". ${PLAIN_NUMBER}`],
  ['N=1,experts=1.5', `experts, a whole number from 1 on such as 64, for experts, got "1.5" in "N=1,experts=1.5". ${PLAIN_NUMBER}`],
  ['C=1e21', `${MODEL_ROLES}, got "C=1e21". It is 6ND: give N and D.`],
  ['n=70B,D=1T', `${MODEL_ROLES}, got "n=70B,D=1T". Did you mean N?`],
  ['N=70B,D=1T,M=3', `${MODEL_ROLES}, got "N=70B,D=1T,M=3". Laws read these of a model.`],
])('--predict %s is refused', (model, message) => {
  expect(() => parseCommand(['fit', '--predict', model])).toThrow(new UsageError(`isoloss fit --predict: expected ${message}`));
});

// --replicates of the library has another lower end, which is seen later; samples has a bound of its own.
it.each([
  ['fit', '--bootstrap', 2], ['plan', '--bootstrap', 2], ['emergence', '--bootstrap', 2], ['compare', '--bootstrap', 2], ['approaches', '--bootstrap', 2],
  ['multiplier', '--bootstrap', 2], ['multiplier', '--tests', 0], ['simulate', '--bootstrap', 2], ['simulate', '--sweeps', 2], ['simulate', '--bootstrap-sweeps', 1],
  ['simulate', '--sandwich', 0], ['reproduce', '--replicates', 2],
])('%s %s is of no more fits than can be held', (command, option, least) => {
  expect(() => parseCommand([command, option, '4294967295'])).toThrow(new UsageError(
    `isoloss ${command} ${option}: expected a whole number from ${least} to 10000000, got "4294967295". Write it in digits.`));
});
