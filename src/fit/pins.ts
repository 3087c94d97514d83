/**
 * Natural parameters that are held at a value. A descent holds working coordinates, and one of them may mix several natural
 * parameters: with a = log A − α·c, c the centre of log N, holding A is no matter of one coordinate while α is free. The centre
 * is ours to choose, though: with c = 0 it is, and a and α, which c keeps apart, are not both free then. Kaplan's
 * p = α_N·(log N_c − c) is constant with c = log N_c. So each input may be centred at its mean, at 0, or at the log of a value
 * that is held; the first centres that make every coordinate to be held constant are taken, and where there are none, the
 * parameter is refused. A law need not know of it.
 */
import type { Batch, Pins } from '../backend/backend.ts';
import { optionError } from '../errors.ts';
import { INPUTS } from '../laws/inputs.ts';
import type { Centre, Law } from '../laws/law.ts';
import { STREAM, uniforms } from '../math/philox.ts';

export type Fixed = Readonly<Record<string, number>>;

/**
 * The batch with these parameters held, its inputs centred so that they can be.
 * @throws InputError for names and values that the law has not, for all of them, and for a coordinate that moves with a free one.
 */
export function withPins(batch: Batch, fix: Fixed): Batch {
  const { law } = batch;
  if (Object.keys(fix).length === 0) return batch;
  checkFix(law, fix);
  const centre = centreFor(batch, fix);
  const pinned = law.params.map((name) => name in fix);
  const [sample] = samples(law, centre, fix);
  const working = law.toWorking(sample, centre);
  return {
    ...batch, centre,
    inputs: batch.inputs.map((column, k) => (centre[k] === batch.centre[k] ? column : column.map((value) => value + (batch.centre[k] - centre[k])))),
    pins: {
      pinned,
      natural: law.params.map((name) => fix[name] ?? NaN),
      working: Array.from(working, (value, j) => (pinned[j] ? value : NaN)),
    },
  };
}

function checkFix(law: Law, fix: Fixed): void {
  const names = Object.keys(fix);
  const stray = names.find((name) => !law.params.includes(name));
  if (stray !== undefined) throw optionError('fix', `expected parameters of law ${law.id} (${law.params.join(', ')}), got ${stray}.`);
  const wrong = names.find((name) => !Number.isFinite(fix[name]));
  if (wrong !== undefined) throw optionError('fix', `expected a number for ${wrong}, got ${fix[wrong]}.`);
  if (names.length === law.params.length) {
    throw optionError('fix', `expected at least one free parameter of law ${law.id}, got all of them fixed. Leave one out.`);
  }
  const zeros = law.inputs.map(() => 0);
  const [natural] = samples(law, zeros, fix);
  const x = law.toWorking(natural, zeros);
  const broken = [
    ...law.params.flatMap((name, j) => (Number.isFinite(x[j]) ? [] : [`${name} = ${natural[j]}`])),
    ...law.brokenBounds(natural),
  ];
  if (broken.length > 0) throw optionError('fix', `expected values that law ${law.id} allows, got ${broken.join(' and ')}. It is ${law.formula}.`);
}

/** The centres to take, as near to the batch's own as can be. @throws InputError where there are none. */
function centreFor({ law, centre }: Batch, fix: Fixed): Centre {
  const roots = Object.values(fix).filter((value) => value > 0).map(Math.log);
  const choicesOf = (mean: number, k: number) => (INPUTS[law.inputs[k]].centred ? [mean, 0, ...roots] : [mean]);
  const choices = centre.reduce<number[][]>((lists, mean, k) => choicesOf(mean, k).flatMap((c) => lists.map((list) => [...list, c])), [[]]);
  const changes = (choice: Centre) => choice.filter((c, k) => c !== centre[k]).length;
  const nearest = choices.toSorted((p, q) => changes(p) - changes(q));
  const found = nearest.find((choice) => mixtures(law, choice, fix).length === 0);
  if (found) return found;
  const fewest = nearest.map((choice) => mixtures(law, choice, fix)).reduce((least, next) => (next.length < least.length ? next : least));
  const [{ name, others }] = fewest;
  const list = others.join(' and ');
  throw optionError('fix', `expected parameters that law ${law.id} can hold by themselves, got ${name}, whose coordinate moves with ${list}. ` +
    `Fix ${list} too, or leave ${name} free.`);
}

interface Mixture {
  readonly name: string;
  /** Free parameters that its coordinate moves with. */
  readonly others: readonly string[];
}

const FACTOR = 1.5;
/** Relative change of a coordinate that is no rounding. */
const MOVED = 1e-9;

/** Parameters to be held whose coordinates move with free ones. */
function mixtures(law: Law, centre: Centre, fix: Fixed): Mixture[] {
  const all = samples(law, centre, fix);
  const moves = (j: number, k: number) => all.some((natural) => {
    const [here, there] = [natural, natural.with(k, natural[k] * FACTOR)].map((at) => law.toWorking(at, centre)[j]);
    return !(Math.abs(there - here) <= MOVED * (1 + Math.abs(here)));
  });
  return law.params.flatMap((name, j) => {
    if (!(name in fix)) return [];
    const others = law.params.filter((other, k) => !(other in fix) && moves(j, k));
    return others.length > 0 ? [{ name, others }] : [];
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

/** Natural parameters of working coordinates, what is held to the last bit. */
export function naturalOf({ law, centre, pins }: Pick<Batch, 'law' | 'centre' | 'pins'>, x: Float64Array): Float64Array {
  const natural = law.toNatural(placePins(x, pins), centre);
  return pins ? natural.map((value, j) => (pins.pinned[j] ? pins.natural[j] : value)) : natural;
}
