import { expect, it } from 'vitest';
import { approachesOn, type Approaches } from '../../src/approaches/approaches.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { approachesJson, approachesText } from '../../src/report/approaches.ts';
import { APPROACHES, CURVES, INPUT } from './approached.ts';

const text = approachesText(APPROACHES, INPUT);
const [envelope, slices, law] = APPROACHES.results as [Approaches['results'][0], Approaches['results'][0], Approaches['results'][0]];

it('names what it was given, what looks wrong, and each approach with its exponents', () => {
  expect(text).toMatch(/^Compute-optimal training from \/data\/<b>runs<\/b>\.csv and <i>curves<\/i>\.csv\n/);
  expect(text).toContain('\n  WARNING    A warning of the curves.\n  Note       A note of the runs.\n  Note       A note of the curves.\n');
  expect(text).toMatch(/\n {2}WARNING {4}Approach 1: N_opt climbs/);
  const rows = [...text.matchAll(/^ {2}([123]) {2}(.+?) {2,}(\S+) {2}(\S+ to \S+) {2}(\S+) {2}(\S+ to \S+)$/gm)].map((row) => row.slice(1));
  expect(rows).toEqual([[1, 'envelope', envelope], [2, 'IsoFLOP profiles', slices], [3, 'parametric law', law]].map(([number, name, result]) => {
    const { N, D, intervals: { a, b } } = result as Approaches['results'][0];
    const [exponents, ends] = [[N, D].map(({ exponent }) => exponent.toFixed(4)), [a, b].map((each) => each.map((end) => end.toFixed(4)).join(' to '))];
    return [String(number), name, exponents[0], ends[0], exponents[1], ends[1]];
  }));
});

it('shows the optimum of each approach at each budget', () => {
  const table = /What to train, C = 6ND\n(.*?)\n\n/s.exec(text)![1]!.split('\n').slice(1);
  expect(table.map((line) => line.trim().split(/ +/).slice(0, 2))).toEqual([['1e20', '1'], ['2', expect.any(String)], ['3', expect.any(String)], ['1e22', '1'], ['2', expect.any(String)], ['3', expect.any(String)]]);
  expect(table[5]).toMatch(/^ +3 +5\.16B +5\.16B to 5\.16B +323B +323B to +323B +62\.6$/); // the closed form of Eq. 10 as printed: 5.160474e9, 3.229678e11
});

it('says how each was found', () => {
  expect(text).toMatch(/\n {2}Curves {5}9\n {2}Budgets {4}1,500, \S+ to \S+ FLOPs\n {2}Optima {5}\d+ of 7 models/);
  expect(text.match(/^ {2}\S+ {9,}6 +[\d.]+[MB] +[\d.]+[MB] +\d\.\d{3}$/gm)).toHaveLength(4);
  expect(text).toContain('E = 1.690, A = 406.4, B = 410.7');
  expect(text).toMatch(/Known bias of taking each profile for a parabola: a is 0\.015 too low, and D_opt at 1e22 FLOPs 6\.1\s+% too high/);
  expect(text).toContain('20 of each approach, drawn with replacement, seed 3');
  expect(approachesText({ ...APPROACHES, share: 0.8 }, INPUT)).toContain('of 80 % drawn without replacement');
  expect(approachesText({ ...APPROACHES, share: 0.825 }, INPUT)).toContain('of 82.5 % drawn without replacement');
});

it('names what is missing, why, and what to give', async () => {
  const alone = await approachesOn(cpuBackend(1), { sweep: INPUT.sweep }, { replicates: 2, fit: { starts: 4 } });
  const said = approachesText(alone, { sweep: INPUT.sweep });
  expect(said).toContain('\n  Not run    Approach 1, envelope: It needs training curves: the loss at checkpoints of each run.\n             Give --curves FILE.\n');
  expect(said).not.toContain('Approach 1: the lower envelope');
  const few = { ...CURVES, curves: CURVES.curves.slice(0, 2) };
  const none = await approachesOn(cpuBackend(1), { curves: few }, { replicates: 2, fit: { starts: 4 } });
  expect(none.results).toEqual([]);
  const why = approachesText(none, { curves: few });
  expect(why.match(/^ {2}Not run {4}Approach [123], /gm)).toHaveLength(3);
  expect(why).not.toContain('--curves FILE');
  expect(why).not.toContain('What to train');
});

it('stays within 100 columns, without trailing spaces', () => {
  const wide = { ...APPROACHES, missing: [{ approach: 1 as const, why: `${'for want of curves, '.repeat(9)}say` }] };
  const lines = approachesText(wide, { ...INPUT, curves: { ...CURVES, name: `${'a long name, '.repeat(12)}csv` } }).split('\n');
  expect(lines.filter((line) => line.length > 100 || /\s$/.test(line))).toEqual([]);
});

it('JSON has these names in this order, and the numbers of the text', () => {
  const json = approachesJson(APPROACHES, INPUT);
  expect(Object.keys(json)).toEqual([
    'sources', 'results', 'missing', 'bias', 'profiles', 'fit', 'envelope', 'confidence', 'seed', 'notes', 'warnings', 'seconds', 'version',
  ]);
  expect(Object.keys(json.results[0]!)).toEqual(['approach', 'N', 'D', 'intervals', 'at', 'replicates', 'failed', 'warnings']);
  expect(json.results.map(({ N }) => N.exponent)).toEqual(APPROACHES.results.map(({ N }) => N.exponent));
  expect(json.envelope).toEqual(APPROACHES.envelope!.points);
  expect(json.sources).toEqual(['/data/<b>runs</b>.csv', '<i>curves</i>.csv']);
  expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  expect(approachesJson({ ...APPROACHES, share: 0.8, results: [{ ...envelope, intervals: { a: [NaN, Infinity], b: [0, 1] } }] }, INPUT))
    .toMatchObject({ share: 0.8, results: [{ intervals: { a: [null, null], b: [0, 1] } }] });
});
