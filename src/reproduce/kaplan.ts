/**
 * Kaplan et al. 2020: what their constants say of each other, where their laws cross, what follows from their learning curves
 * (kaplan-efficient.ts), what others quote of them, and where the exponent 0.73 comes from.
 */
import { powerAt, type PowerLaw } from '../approaches/power.ts';
import { logSpaced } from '../math/log-spaced.ts';
import { BESIROGLU } from '../paper/besiroglu.ts';
import {
  BATCH, BY_HOFFMANN, CROSSING, DATA_EXPONENTS, EQ_6_7, FIGURE_SCALES, JOINT, LAWS, lossAt, N_OPT, OVERFITTING, PF_DAY, SIZES,
  TABLE_6, TENFOLD,
} from '../paper/kaplan.ts';
import { CHINCHILLA, LOCAL_EXPONENTS } from '../paper/pearce.ts';
import { printed } from '../paper/printed.ts';
import { compare, type Comparison, type ComparisonInput } from './comparison.ts';
import { localExponent, simulatedFrontier } from './embeddings.ts';
import { efficientTraining } from './kaplan-efficient.ts';
import { comparePrinted } from './printed.ts';
import type { Chart, Recipe, Section } from './reproduction.ts';
import { inWords } from './words.ts';

export const kaplan: Recipe = {
  id: 'kaplan',
  title: 'The laws of Kaplan et al., and their exponent 0.73',
  paper: 'Kaplan et al. 2020, arXiv:2001.08361; Pearce & Song 2024, arXiv:2406.12907',
  needs: [],
  run: () => Promise.resolve([constants(), crossing(), efficientTraining(), asQuoted(), embeddings()]),
};

const TABLES = 'the constants of Tables 2, 5 and 6';
const BATCH_SIZE = printed(TABLE_6.batch.coefficient);
/** Of the printed scale of N_opt, and of that of the batch. */
const ROUNDING = printed(N_OPT.coefficient.toExponential()).rounding + BATCH_SIZE.rounding;
const SAFE = printed(OVERFITTING.coefficient);

/** Data that keep a model of N parameters from overfitting: Eq. 4.3 at the loss that seeds explain, solved for D. */
function tokensFor(N: number): number {
  const ratio = (1 + OVERFITTING.seeds) ** (1 / JOINT.D.exponent) - 1;
  return (JOINT.D.scale * (N / JOINT.N.scale) ** (JOINT.N.exponent / JOINT.D.exponent)) / ratio;
}

/** Tokens of one epoch at the critical batch size, where C = 2·C_min: a power law of C_min. */
const ONE_EPOCH = { coefficient: (2 * PF_DAY) / (6 * N_OPT.coefficient), exponent: 1 - N_OPT.exponent };

type More = Pick<ComparisonInput, 'tolerance' | 'because'>;
const row = (where: string, quantity: string, text: string, ours: number, more: More = {}): Comparison =>
  comparePrinted(text, { where, quantity, ours, from: TABLES, ...more });

function constants(): Section {
  const { batch, steps, data } = TABLE_6;
  const p = JOINT.N.exponent / JOINT.D.exponent;
  const atOnePfDay = {
    batch: BATCH.scale * lossAt(LAWS.Cmin, 1) ** (-1 / BATCH.exponent),
    steps: PF_DAY / (6 * N_OPT.coefficient * BATCH_SIZE.value),
  };
  return {
    title: 'The constants with each other',
    data: TABLES,
    comparisons: [
      row('Eq. 4.4', 'exponent of N in the data that it wants', OVERFITTING.exponent, p),
      row('§1.1', `times the data for ${OVERFITTING.model} times the parameters`, OVERFITTING.data, OVERFITTING.model ** p),
      overfitting(),
      row('Eq. 6.6', 'exponent of C_min in the same', DATA_EXPONENTS.withoutOverfitting, p * N_OPT.exponent),
      row('§6.1', 'exponent of 1/L in the critical batch size', TENFOLD.lossPowerOfBatch, 1 / BATCH.exponent),
      row('Table 6', 'exponent of the batch size', batch.exponent, LAWS.Cmin.exponent / BATCH.exponent),
      row('Table 6', 'batch size at 1 PF-day, tokens', batch.coefficient, atOnePfDay.batch),
      row('Table 6', 'exponent of the steps', steps.exponent, 1 - N_OPT.exponent - Number(batch.exponent)),
      row('Table 6', 'steps at 1 PF-day', steps.coefficient, atOnePfDay.steps, { tolerance: ROUNDING }),
      row('Table 6', 'exponent of the data', data.exponent, ONE_EPOCH.exponent),
      row('Table 6', 'data at 1 PF-day, tokens', data.coefficient, ONE_EPOCH.coefficient),
      row('Eq. 6.7', 'exponent of the data', EQ_6_7.exponent, ONE_EPOCH.exponent, {
        because: `Table 6 prints ${data.exponent}, one less the exponent of N`,
      }),
      row('Eq. 6.7', 'data at 1 PF-day, tokens', EQ_6_7.coefficient, ONE_EPOCH.coefficient, {
        because: `the formula of Eq. 6.7 gives half of what is printed behind it; Table 6 prints ${data.coefficient}`,
      }),
      ...scales(),
      row('Figure 14', 'times the parameters for 10 times the compute', TENFOLD.N, 10 ** N_OPT.exponent),
      row('Figure 14', 'times the data for 10 times the compute', TENFOLD.D, 10 ** ONE_EPOCH.exponent),
    ],
    findings: [
      'The paper prints two scales for each law of compute, and two laws for the data of one epoch: '
        + `${inWords(ONE_EPOCH.coefficient)}·C_min^${inWords(ONE_EPOCH.exponent)} follows from its N_opt.`,
      'Its joint law L(N, D) is of models that are trained until they stop improving, and no law of compute. '
        + `Taken as one, with C = 6·N·D, its optimum would grow as C^${inWords(1 / (1 + p))}, not C^${N_OPT.exponent}.`,
    ],
    charts: [],
  };
}

function overfitting(): Comparison {
  const { largest, exponent } = OVERFITTING;
  return compare({
    quantity: 'tokens that keep 1e9 parameters from overfitting', where: 'Eq. 4.4', ours: tokensFor(largest), from: TABLES,
    published: SAFE.value * largest ** Number(exponent), printed: `${SAFE.text}·N^${exponent}`, tolerance: SAFE.rounding,
  });
}

/** The laws of compute as figures label them. */
function scales(): Comparison[] {
  return (['C', 'Cmin'] as const).map((name) => {
    const { text, where } = FIGURE_SCALES[name];
    const { value, rounding } = printed(text);
    const published = lossAt({ ...LAWS[name], scale: value }, 1);
    return compare({
      quantity: `loss at 1 PF-day by L(${name === 'C' ? 'C' : 'C_min'})`, where, ours: lossAt(LAWS[name], 1), from: 'Table 5',
      published, printed: `${inWords(published)} by a scale of ${text}`, tolerance: 2 * rounding * LAWS[name].exponent,
      because: 'the paper prints two scales of one law',
    });
  });
}

type PrintedPower = Readonly<Record<'coefficient' | 'exponent', string>>;
const asPower = ({ coefficient, exponent }: PrintedPower): PowerLaw => ({ coefficient: printed(coefficient).value, exponent: Number(exponent) });
const DATA = asPower(TABLE_6.data);

/** Loss where data are the limit: L(D) of the data of one epoch. */
function lossOfData(C: number, data = DATA): number {
  return lossAt(LAWS.D, powerAt(data, C));
}

/** L(C_min) and L(D(C_min)) are power laws of C: they cross once. */
function crossingPoint(data: PowerLaw): number {
  return (lossOfData(1, data) / lossAt(LAWS.Cmin, 1)) ** (1 / (LAWS.D.exponent * data.exponent - LAWS.Cmin.exponent));
}

function crossing(): Section {
  const C = crossingPoint(DATA);
  const at = { C, N: powerAt(N_OPT, C), D: powerAt(DATA, C) };
  const units = { C: 'compute, PF-days', N: 'parameters', D: 'tokens' };
  return {
    title: 'Where L(C_min) meets what its data allow',
    data: TABLES,
    comparisons: [
      row('§6.3', 'exponent of C_min in L(D(C_min))', DATA_EXPONENTS.lossOfData, LAWS.D.exponent * DATA.exponent),
      ...(['C', 'N', 'D'] as const).map((name) => compare({
        quantity: `log10 of ${units[name]}`, where: 'Eq. 6.8', published: CROSSING[name], printed: `10^${CROSSING[name]}`,
        ours: Math.log10(at[name]), from: TABLES,
        // "Varying by an order of magnitude in either direction".
        tolerance: 1 / CROSSING[name],
      })),
      row('Eq. 6.8', 'loss, nats per token', CROSSING.loss, lossAt(LAWS.Cmin, C)),
    ],
    findings: [
      `Beyond ${inWords(C)} PF-days, ${inWords(C * PF_DAY)} FLOPs, the law of compute promises less loss than the law of data allows: `
        + 'the laws cannot both hold.',
      `With the data of Eq. 6.7 instead of those of Table 6 they would meet at ${inWords(crossingPoint(asPower(EQ_6_7)))} PF-days.`,
    ],
    charts: [crossingChart(C)],
  };
}

function crossingChart(C: number): Chart {
  const compute = logSpaced([1e-3, 1e7], 11);
  const series = (name: string, law: (C: number) => number) => ({ name, mark: 'line' as const, x: compute, y: compute.map((at) => law(at)) });
  return {
    name: 'contradiction',
    title: 'Loss by compute, and loss by the data of that compute',
    caption: 'The law of compute falls below what the law of data allows for one epoch of compute-efficient training.',
    x: { title: 'compute C_min, PF-days', log: true },
    y: { title: 'loss, nats per token', log: true },
    series: [
      series('L(C_min)', (at) => lossAt(LAWS.Cmin, at)),
      series('L(D(C_min))', lossOfData),
      { name: 'where they meet', mark: 'points', x: [C], y: [lossOfData(C)] },
    ],
  };
}

function asQuoted(): Section {
  const { at, N, D } = BY_HOFFMANN;
  const [ofN, ofD] = [N, D].map((text) => inWords(Math.log10(Number(text))));
  const because = `${N} and ${D} are 10 to ${ofN} and ${ofD}; Table 6 has ${N_OPT.exponent} and ${TABLE_6.data.exponent}`;
  const critical = powerAt(N_OPT, at.C / 2 / PF_DAY);
  return {
    title: 'As Hoffmann et al. quote them',
    data: 'the constants of Table 6',
    comparisons: [
      row('Hoffmann et al. 2022, §D.4', 'parameters for 1e21 FLOPs', at.N, critical),
      row('Hoffmann et al. 2022, §1', 'times the parameters for 10 times the compute', N, 10 ** N_OPT.exponent, { because }),
      row('Hoffmann et al. 2022, §1', 'times the data for 10 times the compute', D, 10 ** ONE_EPOCH.exponent, { because }),
    ],
    findings: [
      'Half of the compute counts: at the critical batch size C is twice C_min. '
        + `With all of it N_opt would be ${inWords(powerAt(N_OPT, at.C / PF_DAY))} instead of ${inWords(critical)}.`,
    ],
    charts: [],
  };
}

const WITHOUT_EMBEDDINGS = [
  { name: 'Besiroglu et al.', law: BESIROGLU, text: LOCAL_EXPONENTS.besiroglu },
  { name: 'Hoffmann et al.', law: CHINCHILLA, text: LOCAL_EXPONENTS.chinchilla },
] as const;

function embeddings(): Section {
  const fits = WITHOUT_EMBEDDINGS.map(({ law, ...rest }) => ({
    ...rest, all: law.beta / (law.alpha + law.beta), a: simulatedFrontier(law).exponent,
  }));
  return {
    title: 'Where 0.73 comes from: parameters without embeddings',
    data: 'the laws of Hoffmann et al. and of Besiroglu et al., and models of the sizes of Kaplan et al.',
    comparisons: fits.map(({ name, text, a }) => comparePrinted(text, {
      quantity: `a without embeddings, law of ${name}`, where: 'Pearce & Song 2024, code', ours: a,
      from: 'their simulation of 20 models at 100 budgets',
    })),
    findings: fits.map(({ name, all, a }) =>
      `By the law of ${name}, N_opt grows as C^${inWords(all)}. Whoever counts no embeddings, and trains ${SIZES.smallest} to `
        + `${inWords(SIZES.largest)} parameters, finds C^${inWords(a)}; Kaplan et al. found C^${N_OPT.exponent}.`),
    charts: [exponentChart()],
  };
}

function exponentChart(): Chart {
  const N = logSpaced([SIZES.smallest, 1e12], 81);
  return {
    name: 'local-exponent',
    title: 'The exponent that is found depends on the size of the models',
    caption: 'Local exponent of N_opt in C where neither counts embeddings. '
      + 'The dashed line is what Kaplan et al. found, over the sizes that they trained.',
    x: { title: 'parameters without embeddings', log: true },
    y: { title: 'local exponent a' },
    series: [
      ...WITHOUT_EMBEDDINGS.map(({ name, law }) => ({
        name: `law of ${name}`, mark: 'line' as const, x: N, y: N.map((size) => localExponent(law, size)),
      })),
      { name: 'Kaplan et al.', mark: 'dashed', x: [SIZES.smallest, SIZES.largest], y: [N_OPT.exponent, N_OPT.exponent] },
    ],
  };
}
