/**
 * Natural parameters that are held at a value, or within bounds. A descent holds working coordinates, and one of them may mix several natural
 * parameters: with a = log A − α·c, c the centre of log N, holding A is no matter of one coordinate while α is free. The centre
 * is ours to choose, though: with c = 0 it is, and a and α, which c keeps apart, are not both free then. Kaplan's
 * p = α_N·(log N_c − c) is constant with c = log N_c. So each input may be centred at its mean, at 0, or at the log of a value
 * that is held; the first centres that make every coordinate to be held constant are taken, and where there are none, the
 * parameter is refused. A law need not know of it.
 *
 * So it is with what groups of runs share: with A shared and α of each group its own, a = log A − α·c is one coordinate of all
 * groups where c = 0, and nowhere else.
 */
import type { Batch, Pins } from '../backend/backend.ts';
import { optionError } from '../errors.ts';
import { INPUTS } from '../laws/inputs.ts';
import { lawName, type Centre, type Law } from '../laws/law.ts';
import { STREAM, uniforms } from '../math/philox.ts';
import { inBox } from '../optim/box.ts';
import { boundedNatural, boxOf, checkBounds, endsOf, type Bounds } from './bounds.ts';

export type Fixed = Readonly<Record<string, number>>;

/** Stands for the log of 0: its exponential is 0 in float64, and in float32 on every device. */
const LOG_OF_NOTHING = -1000;

/**
 * The batch with these parameters held, and those within bounds, its inputs centred so that they can be.
 * @throws InputError for names and values that the law has not, for all of them held, and for a coordinate that moves with a free one.
 */
export function withPins(batch: Batch, fix: Fixed, bounds: Bounds = {}): Batch {
  const { law } = batch;
  const [isHeld, isBounded] = [fix, bounds].map((asked) => Object.keys(asked).length > 0);
  if (!isHeld && !isBounded && !law.groups) return batch;
  if (isHeld) checkFix(law, fix);
  const zeros = law.inputs.map(() => 0);
  checkBounds(law, bounds, fix);
  boxOf(law, zeros, samples(law, zeros, fix)[0], bounds); // refuses ends that the law has not
  const centre = centreFor(batch, fix, bounds);
  const [sample] = samples(law, centre, fix);
  return {
    ...batch, centre,
    inputs: batch.inputs.map((column, k) => (centre[k] === batch.centre[k] ? column : column.map((value) => value + (batch.centre[k] - centre[k])))),
    ...(isHeld && { pins: pinsOf(law, centre, sample, fix) }),
    ...(isBounded && { box: boxOf(law, centre, sample, bounds) }),
  };
}

function pinsOf(law: Law, centre: Centre, sample: Float64Array, fix: Fixed): Pins {
  const pinned = law.params.map((name) => name in fix);
  const working = workingAt(law, sample, centre);
  return { pinned, natural: law.params.map((name) => fix[name] ?? NaN), working: Array.from(working, (value, j) => (pinned[j] ? value : NaN)) };
}

function checkFix(law: Law, fix: Fixed): void {
  const names = Object.keys(fix);
  const stray = names.find((name) => !law.params.includes(name));
  if (stray !== undefined) throw optionError('fix', `expected parameters of law ${lawName(law)} (${law.params.join(', ')}), got ${stray}.`);
  const wrong = names.find((name) => !Number.isFinite(fix[name]));
  if (wrong !== undefined) throw optionError('fix', `expected a number for ${wrong}, got ${fix[wrong]}.`);
  if (names.length === law.params.length) {
    throw optionError('fix', `expected at least one free parameter of law ${lawName(law)}, got all of them fixed. Leave one out.`);
  }
  const zeros = law.inputs.map(() => 0);
  const [natural] = samples(law, zeros, fix);
  const x = workingAt(law, natural, zeros);
  const broken = [
    ...law.params.flatMap((name, j) => (Number.isFinite(x[j]) ? [] : [`${name} = ${natural[j]}`])),
    ...law.brokenBounds(natural),
  ];
  if (broken.length > 0) throw optionError('fix', `expected values that law ${lawName(law)} allows, got ${broken.join(' and ')}. It is ${law.formula}.`);
  checkZeros(law, fix, x);
}

/** A law without one of its terms is a law still, but the term's other parameters are then no matter of it. */
function checkZeros(law: Law, fix: Fixed, x: Float64Array): void {
  const zeros = law.params.filter((_, j) => x[j] === LOG_OF_NOTHING).map((name) => `${name} = 0`).join(' and ');
  if (zeros === '') return;
  const [whole, { prediction, jacobian }] = [law.drawStart(1, uniforms(0, STREAM.starts, 0)), x].map((at) => predicted(law, at));
  if (!prediction.every((loss) => loss > 0 && loss < Infinity) || !jacobian.every((column) => column.every(Number.isFinite))) {
    throw optionError('fix', `expected values that law ${lawName(law)} allows, got ${zeros}. It is ${law.formula}.`);
  }
  const isIdle = (column: Float64Array) => column.every((slope) => slope === 0);
  const idle = law.params.filter((name, j) => !(name in fix) && isIdle(jacobian[j]) && !isIdle(whole.jacobian[j])).join(' and ');
  if (idle === '') return;
  throw optionError('fix', `expected every free parameter of law ${lawName(law)} to matter, got ${zeros}, which leaves ${idle} without effect. Fix ${idle} too.`);
}

/** At three points, of each group. */
function predicted(law: Law, x: ArrayLike<number>): { prediction: Float64Array; jacobian: Float64Array[] } {
  const groups = law.groups?.names.map((_, g) => g) ?? [0];
  const column = (of: (group: number, k: number) => number) => Float64Array.from(groups.flatMap((g) => [0, 1, 2].map((k) => of(g, k))));
  const prediction = column(() => 0);
  const jacobian = law.params.map(() => column(() => 0));
  law.predict(x, [...law.inputs.map(() => column((_, k) => 2 ** (k - 1))), column((g) => g)], prediction, jacobian);
  return { prediction, jacobian };
}

/** Working coordinates with every log finite. */
function workingAt(law: Law, natural: ArrayLike<number>, centre: Centre): Float64Array {
  return law.toWorking(natural, centre).map((value) => (value === -Infinity ? LOG_OF_NOTHING : value));
}

/** What is to be one coordinate's own matter: a parameter at a value, held there or bounded by it. */
type Asked = readonly [name: string, value: number];

/** The centres to take, as near to the batch's own as can be. @throws InputError where there are none. */
function centreFor({ law, centre }: Batch, fix: Fixed, bounds: Bounds): Centre {
  const asked: Asked[] = [...Object.entries(fix), ...endsOf(bounds)];
  const roots = [...new Set(asked.map(([, value]) => value).filter((value) => value > 0))].map(Math.log);
  const choicesOf = (mean: number, k: number) => (INPUTS[law.inputs[k]].centred ? [mean, 0, ...roots] : [mean]);
  const choices = centre.reduce<number[][]>((lists, mean, k) => choicesOf(mean, k).flatMap((c) => lists.map((list) => [...list, c])), [[]]);
  const changes = (choice: Centre) => choice.filter((c, k) => c !== centre[k]).length;
  const nearest = choices.toSorted((p, q) => changes(p) - changes(q));
  const shared = nearest.filter((choice) => sharedMixtures(law, choice, fix).length === 0);
  if (shared.length === 0) refuseShared(law, sharedMixtures(law, nearest[0], fix)[0]);
  const found = shared.find((choice) => mixtures(law, choice, fix, asked).length === 0);
  if (found) return found;
  const fewest = shared.map((choice) => mixtures(law, choice, fix, asked)).reduce((least, next) => (next.length < least.length ? next : least));
  const [{ name, others }] = fewest;
  const list = others.join(' and ');
  const held = name in fix;
  throw optionError(held ? 'fix' : 'bounds', `expected parameters that law ${lawName(law)} can ${held ? 'hold' : 'bound'} by themselves, ` +
    `got ${name}, whose coordinate moves with ${list}. Fix ${list} too, or leave ${name} free.`);
}

interface Mixture {
  readonly name: string;
  /** Free parameters that its coordinate moves with. */
  readonly others: readonly string[];
}

const FACTOR = 1.5;
/** Relative change of a coordinate that is no rounding. */
const MOVED = 1e-9;

/** Parameters whose coordinates, at the values asked, move with free ones. */
function mixtures(law: Law, centre: Centre, fix: Fixed, asked: readonly Asked[]): Mixture[] {
  return asked.flatMap(([name, value]) => {
    const all = samples(law, centre, { ...fix, [name]: value });
    return mixtureOf(name, law.params.filter((other) => other !== name && !(other in fix) && movesWith(law, centre, name, other, all)));
  });
}

/** Parameters that groups share whose coordinates move with what each has of its own, by the names of the law of one group. */
function sharedMixtures({ groups }: Law, centre: Centre, fix: Fixed): Mixture[] {
  if (!groups) return [];
  const { base, share, own } = groups;
  const all = samples(base, centre, fix);
  return share.flatMap((name) => mixtureOf(name, own.map((j) => base.params[j]).filter((other) => movesWith(base, centre, name, other, all))));
}

function refuseShared({ groups }: Law, { name, others }: Mixture): never {
  const list = others.join(' and ');
  throw optionError('share', `expected parameters that groups of law ${groups?.base.id} can share without the rest, got ${name}, ` +
    `whose coordinate moves with ${list}. Share ${list} too, or let each group have its own ${name}.`);
}

function mixtureOf(name: string, others: readonly string[]): Mixture[] {
  return others.length > 0 ? [{ name, others }] : [];
}

/** Does the coordinate of `name` move with the parameter `other`, at some of these points? */
function movesWith(law: Law, centre: Centre, name: string, other: string, all: readonly Float64Array[]): boolean {
  const k = law.params.indexOf(other);
  return all.some((natural) => {
    const [here, there] = [natural, natural.with(k, natural[k] * FACTOR)].map((at) => workingAt(law, at, centre)[law.params.indexOf(name)]);
    return !(Math.abs(there - here) <= MOVED * (1 + Math.abs(here)));
  });
}

/** Two points of the law, natural, with the values that are held. */
function samples(law: Law, centre: Centre, fix: Fixed): Float64Array[] {
  return [0, 1].map((k) => {
    const natural = law.toNatural(law.drawStart(1, uniforms(0, STREAM.starts, k)), centre);
    return Float64Array.from(law.params, (name, j) => fix[name] ?? natural[j]);
  });
}

/** Rows of working coordinates, flat [rows][P], with those that are held at their values. */
export function placePins(x: Float64Array, pins: Pins | undefined): Float64Array {
  if (!pins) return x;
  const { pinned, working } = pins;
  return x.map((value, k) => (pinned[k % pinned.length] ? working[k % pinned.length] : value));
}

/** Rows of working coordinates where a batch can have them: what is held at its value, what has bounds within them. */
export function placed(x: Float64Array, { pins, box }: Pick<Batch, 'pins' | 'box'>): Float64Array {
  return inBox(placePins(x, pins), box, pins?.pinned);
}

/** Natural parameters of working coordinates, what is held or at a bound to the last bit. */
export function naturalOf({ law, centre, pins, box }: Pick<Batch, 'law' | 'centre' | 'pins' | 'box'>, x: Float64Array): Float64Array {
  const natural = boundedNatural(law.toNatural(placePins(x, pins), centre), x, box);
  return pins ? natural.map((value, j) => (pins.pinned[j] ? pins.natural[j] : value)) : natural;
}
