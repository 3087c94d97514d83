/**
 * Table 2 of Hoffmann et al. 2022: the exponents of N_opt ∝ C^a and D_opt ∝ C^b by its three approaches, with its own
 * resampling, in replicas of its runs drawn from Eq. 10 and in Epoch's runs, read off a figure of the paper. Where every run
 * is drawn from Eq. 10, the paper's own parametric fit, every approach should find the a of Eq. 10.
 */
import type { Approach } from '../approaches/approach.ts';
import { envelope } from '../approaches/envelope.ts';
import { isoflopApproach } from '../approaches/isoflop.ts';
import { EQ10_ROUNDED, ISOFLOP_BUDGETS } from '../paper/hoffmann.ts';
import { frontierExponents } from '../plan/frontier.ts';
import { compare } from './comparison.ts';
import { NO_NOISE, replicaOf } from './replica.ts';
import type { Recipe, Section } from './reproduction.ts';
import { epochs } from './table2-epoch.ts';
import { replicas } from './table2-replicas.ts';
import { EXACTLY, NO_NOISE_TOLERANCE, OF_EQ10, placeIn, pointRow, ROWS } from './table2-rows.ts';

export const table2: Recipe = {
  id: 'table2',
  title: 'Table 2: the exponents of the three approaches',
  paper: 'Hoffmann et al. 2022, arXiv:2203.15556, Table 2 and §3',
  needs: ['epoch'],
  run: async (context) => [constants(), noiseless(), await replicas(context), await epochs(context)],
};

/** What the constants of approach 3 say of its own row. */
function constants(): Section {
  const { a, b } = ROWS[2];
  const rounded = frontierExponents('chinchilla', EQ10_ROUNDED);
  const row = (ours: typeof OF_EQ10, constantsOf: string) => pointRow(3, ours, { a: 0, b: 0 }, {
    from: `closed form, ${constantsOf} constants`, because: 'Eq. 10 as printed rounds its exponents to two digits',
  });
  return {
    title: 'Approach 3 from the constants of Eq. 10',
    data: 'published constants',
    comparisons: [...row(OF_EQ10, 'unrounded'), ...row(rounded, 'printed')],
    findings: [
      `Table 2 contradicts itself: the a = ${a.value} of approach 3 lies ${placeIn(a.value, a)} its own interval, ${a.low} to ${a.high}; ` +
        `the unrounded constants have a = ${OF_EQ10.a.toFixed(4)}, ${placeIn(OF_EQ10.a, a)} it too, and b = ${OF_EQ10.b.toFixed(4)}, ` +
        `${placeIn(OF_EQ10.b, b)} ${b.low} to ${b.high}.`,
      `The constants as Eq. 10 prints them give a = ${rounded.a.toFixed(4)}: for frontiers take the unrounded ones.`,
    ],
    charts: [],
  };
}

/** What approaches 1 and 2 make of the law itself: their own bias. */
function noiseless(): Section {
  const { curves, sweep } = replicaOf(0, 0, NO_NOISE);
  const ended = replicaOf(0, 0, { ...NO_NOISE, excess: 0 });
  const edges = 'curves that have not ended lie above the law, and at either end of the range few end near the optimum';
  const found: readonly (Approach & { readonly how: string; readonly because?: string })[] = [
    { ...envelope(curves), how: 'lower envelope of the curves', because: edges },
    { ...envelope(ended.curves), how: 'lower envelope of curves that are on the law all along' },
    { ...isoflopApproach(sweep, { budgets: ISOFLOP_BUDGETS, tolerance: EXACTLY }), how: 'parabolas through the IsoFLOP slices' },
  ];
  const [one, onLaw, two] = found.map(({ N }) => N.exponent.toFixed(3));
  return {
    title: 'Approaches 1 and 2 on the law itself',
    data: `Eq. 10 without noise in the paper's design: ${curves.curves.length} curves, ${ISOFLOP_BUDGETS.length} IsoFLOP budgets`,
    comparisons: found.flatMap(({ approach, how, N, D, because }) => ([['a', N], ['b', D]] as const).map(([exponent, law]) => compare({
      quantity: `${exponent}, approach ${approach}`, where: 'Eq. 10, closed form', published: OF_EQ10[exponent], ours: law.exponent,
      from: how, tolerance: NO_NOISE_TOLERANCE,
      ...(because !== undefined && { because }),
    }))),
    findings: [
      `Of a law with a = ${OF_EQ10.a.toFixed(3)} approach 1 makes ${one} in this design, approach 2 ${two}. Approach 1 would find ${onLaw} ` +
        'if a run were as good before its learning rate has decayed as after; its bias depends on how much worse it is, which is a ' +
        `choice of ours (${NO_NOISE.excess} nats of log loss at full rate).`,
      `The paper prints ${ROWS[0].a.value} and ${ROWS[1].a.value}: runs that follow Eq. 10 give these by neither approach. Its three rows do not tell of one law.`,
    ],
    charts: [],
  };
}
