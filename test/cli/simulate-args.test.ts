import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/cli/args.ts';
import { simulateSpec, type SimulateCommand } from '../../src/cli/simulate-options.ts';
import { SIMULATE_HELP } from '../../src/cli/simulate-help.ts';
import { UsageError } from '../../src/cli/usage.ts';
import { publishedTruth, publishedTruthIds } from '../../src/paper/truths.ts';

const PLAIN = {
  name: 'simulate', truth: publishedTruth('hoffmann'), design: { kind: 'paper', source: 'paper' }, lists: {}, columns: {},
  noise: { own: { sigma: 0.01 } }, fits: {}, bootstrap: {}, write: {}, json: false, quiet: false,
};
const GRID = { design: { kind: 'grid', source: 'grid' } };
const ISOFLOP = { design: { kind: 'isoflop', source: 'isoflop' } };

function command(argv: readonly string[]): SimulateCommand {
  const parsed = parseCommand(['simulate', ...argv]);
  return (parsed as typeof parsed & { kind: 'run' }).command as SimulateCommand;
}

it.each([
  ['', {}],
  ['--sweeps 1e6 --seed 4294967295 --delta 1e-2 --starts paper --backend gpu --confidence .9 --sandwich 0',
    { fits: { sweeps: 1e6, seed: 4294967295, delta: 0.01, starts: 'paper', confidence: 0.9, sandwich: 0 }, backend: 'gpu' }],
  ['--starts 8 --starts auto', { fits: { starts: 'auto' } }],
  ['--starts 8', { fits: { starts: 8 } }],
  ['--truth published:gadre-c4', { truth: publishedTruth('gadre-c4') }],
  ['--truth fit:a/b:c.json', { truth: { file: 'a/b:c.json' } }],
  ['--truth 1.7,400,411,.34,.28',
    { truth: { name: 'the law as given', law: 'chinchilla', params: { E: 1.7, A: 400, B: 411, alpha: 0.34, beta: 0.28 } } }],
  ['--noise student:1%:4 --outliers 5% --noise-by-size 0.5% --noise-by-seed .002',
    { noise: { own: { sigma: 0.01, degrees: 4 }, outliers: { fraction: 0.05, factor: 10 }, bySize: 0.005, bySeed: 0.002 } }],
  ['--noise student:1%:4 --noise lognormal:2%', { noise: { own: { sigma: 0.02 } } }],
  ['--noise none --noise-by-size 1%', { noise: { own: { sigma: 0 }, bySize: 0.01 } }],
  ['--design grid --sizes 50M,1B --tokens 1B..4B:3 --seeds 3',
    { ...GRID, lists: { sizes: [5e7, 1e9], tokens: [1e9, 2e9, 4e9], seeds: 3 } }],
  ['--sizes 1B --tokens-per-parameter 20 --design grid', { ...GRID, lists: { sizes: [1e9], tokensPerParameter: [20] } }],
  ['--design isoflop --budgets 6e18,1e20 --sizes 1B --within 5..100',
    { ...ISOFLOP, lists: { budgets: [6e18, 1e20], sizes: [1e9], within: [5, 100] } }],
  ['--design isoflop --budgets 1e20 --tokens-per-parameter 5,20',
    { ...ISOFLOP, lists: { budgets: [1e20], tokensPerParameter: [5, 20] } }],
  ['--design runs.csv --columns N=a,loss=b --format csv',
    { design: { kind: 'file', source: 'runs.csv' }, columns: { N: 'a', loss: 'b' }, format: 'csv' }],
  ['--design ./grid', { design: { kind: 'file', source: './grid' } }],
  ['--design -', { design: { kind: 'file', source: '-' } }],
  ['--bootstrap 500', { bootstrap: { replicates: 500 } }],
  ['--bootstrap-sweeps 20 --bootstrap 500', { bootstrap: { replicates: 500, sweeps: 20 } }],
  ['--write-sweeps a.parquet --write-fits b.CSV -o c.csv', { write: { sweeps: 'a.parquet', fits: 'b.CSV' }, out: 'c.csv' }],
  ['--replay 17 --seed 4 --out r.csv -q', { replay: 17, fits: { seed: 4 }, out: 'r.csv', quiet: true }],
])('%s', (line, expected) => {
  const { given, ...rest } = command(line === '' ? [] : line.split(' '));
  expect(rest).toEqual({ ...PLAIN, ...expected });
  expect(given.map(({ name }) => name).filter((name) => !line.includes(`--${name}`) && !['out', 'quiet'].includes(name))).toEqual([]);
});

it('the options are kept as they were written', () => {
  expect(command(['--design', 'my runs.csv', '--sweeps=40', '-q']).given).toEqual([
    { name: 'design', value: 'my runs.csv' }, { name: 'sweeps', value: '40' }, { name: 'quiet', value: '' },
  ]);
});

const TRUTHS = 'hoffmann, hoffmann-rounded, besiroglu, besiroglu-unrounded, muennighoff, gadre-c4, gadre-redpajama, ' +
  'gadre-refinedweb, czech-symmetric, czech-asymmetric';

it('every published truth is in the help', () => {
  expect(publishedTruthIds.join(', ')).toBe(TRUTHS);
  const words = SIMULATE_HELP.split(/[\s,]+/);
  expect(publishedTruthIds.filter((id) => !words.includes(id))).toEqual([]);
});

const CHANGE = 'or change the design.';
const GIVE_ALL = 'Give all 5 as plain numbers in this order, or as in E=1.69 in any order.';

it.each([
  [['runs.csv'], ': expected options only, got "runs.csv". For sweeps of its runs: --design runs.csv'],
  [['--where', 'C<1e21'], ': expected one of its options, got --where. It is one of isoloss fit.'],
  [['--sweep', '9'], ': expected one of its options, got --sweep. Did you mean --sweeps?'],
  [['--sweeps', '1'], ' --sweeps: expected a whole number from 2 to 10000000, got "1". Write it in digits.'],
  [['--starts', 'auot'],
    ' --starts: expected truth, auto, paper or a positive whole number, got "auot". Did you mean auto?'],
  [['--sizes', '50M,1B'],
    ` --sizes: expected --design grid or isoflop beside it, got --design paper. Leave --sizes out, ${CHANGE}`],
  [['--tokens', '1B', '--design', 'isoflop'],
    ` --tokens: expected --design grid beside it, got --design isoflop. Leave --tokens out, ${CHANGE}`],
  [['--within', '1..2', '--design', 'grid'],
    ` --within: expected --design isoflop beside it, got --design grid. Leave --within out, ${CHANGE}`],
  [['--seeds', '2', '--design', 'runs.csv'],
    ` --seeds: expected --design grid or isoflop beside it, got --design runs.csv. Leave --seeds out, ${CHANGE}`],
  [['--columns', 'N=a'],
    ` --columns: expected --design FILE beside it, got --design paper. Leave --columns out, ${CHANGE}`],
  [['--format', 'csv', '--design', 'grid'],
    ` --format: expected --design FILE beside it, got --design grid. Leave --format out, ${CHANGE}`],
  [['--design', 'grid'], ' --design grid: expected --sizes beside it, got none. Add --sizes 50M..16B:8, say.'],
  [['--design', 'grid', '--sizes', '1B'], ' --design grid: expected --tokens or --tokens-per-parameter beside it, got neither. ' +
    'Add --tokens-per-parameter 5..80:5, say.'],
  [['--design', 'grid', '--sizes', '1B', '--tokens', '1B', '--tokens-per-parameter', '5'],
    ' --design grid: expected --tokens or --tokens-per-parameter beside it, got both. Leave one out.'],
  [['--design', 'isoflop', '--sizes', '1B'],
    ' --design isoflop: expected --budgets beside it, got none. Add --budgets 6e18..3e21:9, say.'],
  [['--design', 'isoflop', '--budgets', '1e20'],
    ' --design isoflop: expected --sizes or --tokens-per-parameter beside it, got neither. ' +
      'Add --tokens-per-parameter 5..80:5, say.'],
  [['--design', 'isoflop', '--budgets', '1e20', '--tokens-per-parameter', '5', '--within', '1..9'],
    ' --within: expected --sizes beside it, got --tokens-per-parameter. Give the ratios that you want themselves.'],
  [['--within', '100..5'], ' --within: expected a range of D/N such as 5..100, got "100..5". Write the lower end first.'],
  [['--within', '5'], ' --within: expected a range of D/N such as 5..100, got "5". Write the lower end first.'],
  [['--sizes', '50M..'],
    ' --sizes: expected sizes such as 50M,1B or 50M..16B:8, got "50M..". Write a range as low..high:count.'],
  [['--seeds', '0'], ' --seeds: expected a whole number from 1 to 100000, got "0". Write it in digits.'],
  [['--design', 'isoflp'], ' --design: expected paper, grid, isoflop or a table, got "isoflp". Did you mean isoflop?'],
  [['--design', ''], ' --design: expected paper, grid, isoflop or a table, got "". Without --design it is that of the paper.'],
  [['--noise', 'gauss'], ' --noise: expected none, lognormal:0.01 or student:0.01:4, got "gauss". ' +
    'Give the standard deviation of log loss, or the scale and the degrees of freedom.'],
  [['--outliers', '2'],
    ' --outliers: expected a share of the runs from 0 to 1 such as 0.05, got "2". Write 5 % as 0.05.'],
  [['--outliers', '5%', '--noise', 'none'],
    ' --outliers: expected noise of the runs beside them, got none. An outlier is a multiple of it.'],
  [['--noise-by-size', '2'],
    ' --noise-by-size: expected a deviation of log loss from 0 to 1 such as 0.01, got "2". Write 1 % as 0.01.'],
  [['--truth', 'hofmann'],
    ' --truth: expected published:ID, fit:FILE or five numbers, got "hofmann". Did you mean published:hoffmann?'],
  [['--truth', 'publishd:gadre-c4'], ' --truth: expected published:ID, fit:FILE or five numbers, got "publishd:gadre-c4". ' +
    'Did you mean published:gadre-c4?'],
  [['--truth', 'fit.json'],
    ' --truth: expected published:ID, fit:FILE or five numbers, got "fit.json". Did you mean fit:fit.json?'],
  [['--truth', 'kaplan'],
    ` --truth: expected published:ID, fit:FILE or five numbers, got "kaplan". Published are ${TRUTHS}.`],
  [['--truth', 'published:besiroglou'],
    ` --truth: expected published: and one of ${TRUTHS}, got "published:besiroglou". Did you mean besiroglu?`],
  [['--truth', 'published:kaplan'],
    ` --truth: expected published: and one of ${TRUTHS}, got "published:kaplan". Take one of these.`],
  [['--truth', 'fit:'],
    ' --truth: expected the name of a file, got "". isoloss fit --json --out FILE writes one.'],
  [['--truth', '1.7,400'],
    ` --truth: expected E,A,B,alpha,beta such as 1.69,406.4,410.7,0.34,0.28, got "1.7,400". ${GIVE_ALL}`],
  [['--bootstrap', '1'], ' --bootstrap: expected a whole number from 2 to 10000000, got "1". Write it in digits.'],
  [['--bootstrap-sweeps', '9'], ' --bootstrap-sweeps: expected --bootstrap beside it, got none. Add --bootstrap 500, say.'],
  [['--write-fits', 'fits.json'],
    ' --write-fits: expected a file that ends in .csv or .parquet, got "fits.json". Its name says how it is written.'],
  [['--write-sweeps', '.csv'],
    ' --write-sweeps: expected a file that ends in .csv or .parquet, got ".csv". Its name says how it is written.'],
  [['--write-fits', 'a.csv', '--write-sweeps', 'a.csv'],
    ' --write-fits: expected another file than --write-sweeps, got "a.csv". Give each its own.'],
  [['--write-fits', 'a.csv', '--out', 'a.csv'],
    ' --write-fits: expected another file than --out, got "a.csv". Give each its own.'],
  [['--replay', '-1'], ' --replay: expected a whole number from 0 to 4294967295, got "-1". Write it in digits.'],
  [['--replay', '1', '--json'],
    ' --replay: expected no --json beside it, got both. It fits nothing and prints one sweep as CSV: leave one out.'],
  [['--replay', '1', '--out', 'a.html'], ' --replay: expected a file of CSV, got "a.html". It prints one sweep as CSV: give a name in .csv.'],
  [['--replay', '1', '--write-fits', 'a.csv'],
    ' --replay: expected no --write-fits beside it, got both. It fits nothing and prints one sweep as CSV: leave one out.'],
])('%j is refused', (argv, message) => {
  expect(() => command(argv)).toThrow(new UsageError(`isoloss simulate${message}`));
});

describe('beside --replay', () => {
  const ofFits = [
    '--sweeps 9', '--loss squares', '--delta 1e-2', '--fix alpha=0.34', '--bound alpha=0.1:0.6', '--starts 8', '--backend cpu', '--confidence 0.9', '--sandwich 5',
    '--bootstrap 20', '--write-sweeps a.csv', '--write-fits a.csv', '--json',
  ];
  const ofSweeps = [
    '--truth published:besiroglu', '--design grid --sizes 50M,1B --tokens 1B..4B:3 --seeds 2', '--design grid --sizes 50M --tokens-per-parameter 20',
    '--design isoflop --budgets 6e18 --sizes 1B --within 5..100', '--design runs.csv --columns N=a --format csv', '--noise student:1%:4 --outliers 5%',
    '--noise-by-size 1%', '--noise-by-seed 1%', '--seed 3', '--out r.csv -q',
  ];

  it.each(ofFits)('%s is refused: it would change nothing', (line) => {
    const [option] = line.split(' ');
    expect(() => command(['--replay', '1', ...line.split(' ')])).toThrow(new UsageError(
      `isoloss simulate --replay: expected no ${option} beside it, got both. It fits nothing and prints one sweep as CSV: leave one out.`));
  });

  it.each(ofSweeps)('%s is taken', (line) => {
    expect(command(['--replay', '1', ...line.split(' ')]).replay).toBe(1);
  });

  it('every option is either', () => {
    const named = (lines: readonly string[]) => lines.flatMap((line) => [...line.matchAll(/--([a-z-]+)/g)].map(([, name]) => name!));
    // --bootstrap-sweeps needs --bootstrap, which is refused.
    const all = new Set([...named(ofFits), ...named(ofSweeps), 'quiet', 'replay', 'bootstrap-sweeps']);
    expect(Object.keys(simulateSpec.options).filter((name) => !all.has(name))).toEqual([]);
  });
});
