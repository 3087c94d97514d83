/** A plan: each question at its budgets and losses, with the cluster, and how far it is beyond the runs. */
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { SPARSITY } from '../../src/paper/abnar.ts';
import { ROUTING } from '../../src/paper/clark.ts';
import { GRANULAR } from '../../src/paper/krajewski.ts';
import { PRECISION_SCALES, QUANTISING } from '../../src/paper/kumar.ts';
import { effectiveParameters, expertModels, routingCutoff } from '../../src/plan/experts.ts';
import { betweenFailures, goodputOf } from '../../src/plan/failures.ts';
import { trainingFlops } from '../../src/plan/flops.ts';
import { wellKnownModels } from '../../src/plan/models.ts';
import { penaltyOf } from '../../src/plan/overtraining.ts';
import { bestBits, bestBitsOfSize, optimumAtBits, quantisingLoss, tokensBeforeHarm } from '../../src/plan/precision.ts';
import { nearestShapes } from '../../src/plan/shapes.ts';
import { leastTotalCost, moneyPerParameter } from '../../src/plan/serving.ts';
import { bestSparsity, optimumAtSparsity } from '../../src/plan/sparsity.ts';
import { optimumAt, optimumReaching, tokensReaching } from '../../src/plan/terms.ts';
import { computeWithin, trainingRun } from '../../src/plan/training-run.ts';
import { modelledUtilisation } from '../../src/plan/utilisation.ts';
import { planOf } from '../../src/stats/plan.ts';

const PARAMS = { E: 1.7, A: 400, B: 420, alpha: 0.34, beta: 0.28 };
const BASIS = { law: 'chinchilla', params: PARAMS };
const CLUSTER = { device: 'h100-sxm', devices: 1024, utilisation: 0.4, pricePerDeviceHour: 2.5 } as const;
const OPTIMUM = optimumAt(PARAMS, 1e24)!;

it('nothing asked, nothing answered', () => {
  expect(planOf(BASIS, {})).toEqual({ budgets: [], targets: [] });
});

it('a budget has its optimum and what is nearly as good, and nothing that was not asked', () => {
  const [budget] = planOf(BASIS, { budgets: [1e24] }).budgets;
  expect(budget).toMatchObject({
    C: 1e24, beyond: {}, beside: [], repetition: [], shapes: [], flatness: { excess: 0.001 },
    optimum: { N: { value: OPTIMUM.N }, D: { value: OPTIMUM.D }, loss: { value: OPTIMUM.loss } },
  });
  expect(Object.keys(budget!)).toEqual(['C', 'optimum', 'beyond', 'flatness', 'beside', 'repetition', 'shapes']);
});

it('an answer says how far it is beyond the ranges that are known', () => {
  const at = (ranges: NonNullable<Parameters<typeof planOf>[0]['ranges']>) => planOf({ ...BASIS, ranges }, { budgets: [1e24], losses: [2] });
  const known = at({ N: [1e8, 1e10], D: [1e9, 1e15], C: [1e18, 1e21] });
  expect(known.budgets[0]!.beyond).toEqual({ N: OPTIMUM.N / 1e10, D: 1, C: (6 * OPTIMUM.N * OPTIMUM.D) / 1e21 });
  expect(known.targets[0]!.beyond.N).toBe(Math.max(1, optimumReaching(PARAMS, 2)!.N / 1e10));
  expect(Object.keys(at({ C: [1e18, 1e21] }).budgets[0]!.beyond)).toEqual(['C']);
});

it('rules and models off the frontier stand beside a budget, the models beside a target too', () => {
  const rules = [{ name: 'a billion', source: 'nowhere', size: (C: number) => ({ N: 1e9, D: C / 6e9 }) }];
  const { budgets, targets } = planOf(BASIS, { budgets: [1e24], losses: [2], rules, asides: [{ ratio: 150 }, { N: 2e10 }] });
  const [rule, ratio, size] = budgets[0]!.beside;
  expect([rule!.what, rule!.N, rule!.D]).toEqual([{ rule: 'a billion' }, 1e9, 1e24 / 6e9]);
  expect([ratio!.what, ratio!.D / ratio!.N]).toEqual([{ ratio: 150 }, 150]);
  expect([size!.what, size!.N, size!.D]).toEqual([{ N: 2e10 }, 2e10, 1e24 / 1.2e11]);
  expect(targets[0]!.beside.map(({ what }) => what)).toEqual([{ ratio: 150 }, { N: 2e10 }]);
  expect(rule!.answers.overhead.value).toBeGreaterThan(ratio!.answers.overhead.value);
});

describe('with a cluster', () => {
  it('a budget has its time and money, and a target too', () => {
    const { budgets, targets } = planOf(BASIS, { budgets: [1e24], losses: [2], cluster: CLUSTER });
    expect(budgets[0]!.training).toEqual(trainingRun(1e24, CLUSTER));
    const { hours, money } = trainingRun(optimumReaching(PARAMS, 2)!.C, CLUSTER);
    // Of one FLOP times the FLOPs: two roundings.
    expect(targets[0]!.training!.hours!.value / hours).toBeCloseTo(1, 14);
    expect(targets[0]!.training!.money!.value / money!).toBeCloseTo(1, 14);
    expect(Object.keys(targets[0]!.training!)).toEqual(['hours', 'deviceHours', 'money', 'energy']);
  });

  it('limits are one more budget', () => {
    const limits = { money: 1e6, hours: 720 };
    const { compute, limit } = computeWithin(limits, CLUSTER);
    const { budgets } = planOf(BASIS, { budgets: [1e20], limits, cluster: CLUSTER });
    expect(budgets.map(({ C, limit: from }) => [C, from])).toEqual([[1e20, undefined], [compute, limit]]);
    expect(limit).toBe('money');
  });

  it('a layout takes its share of the utilisation, by the optimal size', () => {
    const layout = { batch: 4e6, pipeline: { stages: 8, microBatches: 32 }, tensorParallel: 8, bandwidth: 5e10 };
    const modelled = (N: number) => modelledUtilisation({ ...layout, device: 'h100-sxm', kernel: 0.4, N, replicas: 16 });
    const { budgets, targets } = planOf(BASIS, { budgets: [1e24], losses: [2], cluster: CLUSTER, layout });
    expect(budgets[0]!.utilisation).toEqual(modelled(OPTIMUM.N));
    expect(budgets[0]!.training).toEqual(trainingRun(1e24, { ...CLUSTER, utilisation: modelled(OPTIMUM.N).utilisation }));
    expect(targets[0]!.utilisation).toEqual(modelled(optimumReaching(PARAMS, 2)!.N));
    expect(modelled(OPTIMUM.N).utilisation).toBeLessThan(0.35);
    expect(planOf(BASIS, { losses: [1.5], cluster: CLUSTER, layout }).targets[0]).not.toHaveProperty('training');
  });

  it('failures take time', () => {
    const failures = { ofOneDevice: 50_000, checkpoint: 0.1, restart: 0.5 };
    const expected = goodputOf({ between: betweenFailures(50_000, 1024), checkpoint: 0.1, restart: 0.5 });
    const { goodput, budgets } = planOf(BASIS, { budgets: [1e24], cluster: CLUSTER, failures });
    expect(goodput).toEqual(expected);
    expect(budgets[0]!.training).toEqual(trainingRun(1e24, { ...CLUSTER, goodput: expected.goodput }));
    expect(expected.goodput).toBeLessThan(0.97);
  });
});

it('serving costs FLOPs, and money where it is said what serves', () => {
  const demand = { inputTokens: 1e12, outputTokens: 1e12 };
  const train = { device: 'h100-sxm', utilisation: 0.4, pricePerDeviceHour: 2.5 };
  const hardware = { train, input: { ...train, utilisation: 0.5 }, output: { ...train, utilisation: 0.1 } };
  const { budgets, targets } = planOf(BASIS, { budgets: [1e24], losses: [2], serving: { demand, hardware } });
  const money = leastTotalCost(PARAMS, 2, moneyPerParameter(demand, hardware))!;
  expect(targets[0]!.serving!.money!.answers.total.value).toBe(money.best.total);
  expect(targets[0]!.serving!.flops.answers.N.value).toBeGreaterThan(money.best.N);
  expect(budgets[0]!.serving!.flops.answers.N.value).toBeLessThan(OPTIMUM.N);
  expect(planOf(BASIS, { losses: [2], serving: { demand } }).targets[0]!.serving).not.toHaveProperty('money');
});

it('money for training is paid while failures hold it up too, as in what training takes', () => {
  const priced = { device: 'h100-sxm', utilisation: 0.4, pricePerDeviceHour: 2.5 };
  const serving = { demand: { inputTokens: 1e12, outputTokens: 1e12 }, hardware: { train: priced, input: priced, output: priced } };
  const failures = { ofOneDevice: 5000, checkpoint: 0.1 };
  const { budgets: [budget], goodput } = planOf(BASIS, { budgets: [1e24], serving, cluster: CLUSTER, failures });
  const { optimalTraining, optimalServing } = budget!.serving!.money!.answers;
  expect(optimalTraining.value / budget!.training!.money!).toBeCloseTo(1, 9); // 1e24 FLOPs by way of the loss
  const untroubled = planOf(BASIS, { budgets: [1e24], serving }).budgets[0]!.serving!;
  expect(untroubled.money!.answers.optimalTraining.value / optimalTraining.value).toBeCloseTo(goodput!.goodput, 9);
  expect(goodput!.goodput).toBeLessThan(0.9);
  expect([optimalServing, budget!.serving!.flops]).toEqual([untroubled.money!.answers.optimalServing, untroubled.flops]);
});

it('says from how many served tokens on a smaller model is the cheaper, and nothing of a larger one', () => {
  const { targets, budgets } = planOf(BASIS, { budgets: [1e24], losses: [2], asides: [{ N: 1e10 }, { ratio: 1000 }, { N: 1e13 }], serving: { demand: { inputTokens: 1e12, outputTokens: 3e12 } } });
  const { N, D } = optimumReaching(PARAMS, 2)!;
  const { answers, cheaperFrom, beside } = targets[0]!.serving!.flops;
  const size = (n: number) => ({ N: n, D: tokensReaching(PARAMS, 2, n) });
  const even = (smaller: { N: number; D: number }) => (6 * (smaller.N * smaller.D - N * D)) / (2 * (N - smaller.N));
  expect(beside.map(({ what }) => what)).toEqual([{ N: 1e10 }, { ratio: 1000 }, { N: 1e13 }]);
  // Differences of products that agree to a digit or so.
  expect(cheaperFrom.value / even(size(answers.N.value))).toBeCloseTo(1, 9);
  expect(beside[0]!.cheaperFrom.value / even(size(1e10))).toBeCloseTo(1, 9);
  expect(beside[1]!.cheaperFrom.value).toBeGreaterThan(cheaperFrom.value);
  expect([beside[2]!.cheaperFrom.value, cheaperFrom.value < 4e12]).toEqual([NaN, true]);
  expect(budgets[0]!.serving!.flops.cheaperFrom.value).toBeGreaterThan(0);
});

it('recomputation takes a third more time, and is counted in the architectures', () => {
  const shapes = { count: 1, context: 8192 };
  const [plain, again] = [{}, { recompute: true }].map((done) => planOf(BASIS, {
    budgets: [1e24], losses: [2], limits: { hours: 720 }, cluster: { ...CLUSTER, ...done }, shapes: { ...shapes, ...done },
  }));
  const third = (one: number | undefined, other: number | undefined) => expect(one! / other!).toBeCloseTo(8 / 6, 12);
  for (const name of ['hours', 'money', 'energy'] as const) {
    third(again!.budgets[0]!.training![name], plain!.budgets[0]!.training![name]);
    third(again!.targets[0]!.training![name]!.value, plain!.targets[0]!.training![name]!.value);
  }
  third(plain!.budgets[1]!.C, again!.budgets[1]!.C);
  expect(again!.budgets[0]!.optimum).toEqual(plain!.budgets[0]!.optimum);
  const [shape] = again!.budgets[0]!.shapes;
  third(shape!.approximate, plain!.budgets[0]!.shapes[0]!.approximate);
  expect(shape!.counted).toBe(trainingFlops(shape!.architecture, { D: OPTIMUM.D, context: 8192, recompute: true }));
});

it('unique tokens are asked for each', () => {
  const { budgets } = planOf(BASIS, { budgets: [1e24], repetition: { unique: [1e11, 1e14], decay: { tokens: 15, parameters: 5 } } });
  const [few, many] = budgets[0]!.repetition;
  expect([few!.unique, many!.unique]).toEqual([1e11, 1e14]);
  expect(few!.answers.epochs.value).toBeGreaterThan(4);
  expect([many!.answers.N.value, many!.answers.epochs.value]).toEqual([OPTIMUM.N, OPTIMUM.D / 1e14]);
});

it('the nearest architectures are those of the optimum, trained on its tokens', () => {
  const { budgets } = planOf(BASIS, { budgets: [1e24], shapes: { count: 2, context: 8192 } });
  const [nearest] = nearestShapes(OPTIMUM.N, {}, 2);
  const [shape, ...others] = budgets[0]!.shapes;
  expect(shape).toMatchObject(nearest!);
  expect([shape!.approximate, shape!.counted, others.length]).toEqual([
    6 * nearest!.parameters.total * OPTIMUM.D, trainingFlops(nearest!.architecture, { D: OPTIMUM.D, context: 8192 }), 1,
  ]);
});

describe('bit widths', () => {
  const scales = { ...PRECISION_SCALES };
  const plan = (precision: object) => planOf(BASIS, { budgets: [1e22], precision: { scales, widths: [], ...precision } }).budgets[0]!.precision!;

  it('have the best model of each, and the best width last', () => {
    const { widths, sizes, afterwards } = plan({ widths: [4, 16] });
    expect(widths.map(({ bits, isBest }) => [bits, isBest])).toEqual([[4, undefined], [16, undefined], [bestBits(scales), true]]);
    for (const { bits, share, answers } of widths) {
      const optimum = optimumAtBits(PARAMS, scales, 1e22, bits)!;
      expect([share, answers.N.value, answers.D.value, answers.loss.value]).toEqual([optimum.share, optimum.N, optimum.D, optimum.loss]);
    }
    const [four, sixteen, best] = widths.map(({ answers }) => answers.excess.value);
    expect([sixteen, best! < four!, four! < 0]).toEqual([0, true, true]);
    expect([sizes, afterwards]).toEqual([[], []]);
  });

  it('of a size are best where its loss is lowest, and quantising adds to the optimum', () => {
    const { sizes, afterwards } = plan({ sizes: [2e9], afterwards: { widths: [4], quantising: QUANTISING } });
    expect(sizes[0]!.answers.bits.value).toBe(bestBitsOfSize(PARAMS, scales, 2e9, 1e22)!.bits);
    const { N, D, loss } = optimumAt(PARAMS, 1e22)!;
    const added = quantisingLoss(QUANTISING, { N, D }, 4);
    expect(afterwards[0]!.answers).toEqual({ added: { value: added }, loss: { value: loss + added }, tokensBeforeHarm: { value: tokensBeforeHarm(PARAMS, QUANTISING, N, 4) } });
  });

  it('there is no harm to tell of a law with another power', () => {
    const basis = { law: 'chinchilla-gamma', params: { ...PARAMS, gamma: 0.9 } };
    const { budgets } = planOf(basis, { budgets: [1e22], precision: { scales, widths: [], afterwards: { widths: [4], quantising: QUANTISING } } });
    const { tokensBeforeHarm: harm, added } = budgets[0]!.precision!.afterwards[0]!.answers;
    expect([harm.value, added.value > 0]).toEqual([NaN, true]);
  });
});

it('mixtures of experts are by their own laws, and effective parameters of the optimum of this one', () => {
  const law = { ...ROUTING['S-BASE'], source: '' };
  const mixtures = {
    granularity: { laws: GRANULAR, each: [8] }, sparsity: { law: SPARSITY, each: [0.9], sizes: [1e10] }, experts: { law, each: [64] },
  };
  const serving = { demand: { inputTokens: 1e11, outputTokens: 1e12 } };
  const plans = planOf(BASIS, { budgets: [1e22], mixtures, serving }).budgets[0]!.mixtures!;
  expect(plans.granularity).toEqual(expertModels(GRANULAR, 1e22, [8], 1.1e12));
  expect([plans.sparsity, plans.sizes]).toEqual([[optimumAtSparsity(SPARSITY, 1e22, 0.9)], [bestSparsity(SPARSITY, 1e22, 1e10)]]);
  const { N } = optimumAt(PARAMS, 1e22)!;
  expect(plans.experts[0]!.answers.effective.value).toBe(effectiveParameters(law, N, 64));
  expect(plans.cutoff).toBe(routingCutoff(law));
  expect(planOf(BASIS, { budgets: [1e22], mixtures: {} }).budgets[0]!.mixtures).toEqual({ granularity: [], sparsity: [], sizes: [], experts: [] });
});

it('trained models stand against the frontier', () => {
  const { models, budgets } = planOf({ ...BASIS, ranges: { C: [1e18, 1e23] } }, { models: wellKnownModels });
  expect([models!.length, budgets]).toEqual([wellKnownModels.length, []]);
  for (const { model: { N, D }, answers, beyond } of models!) {
    const { C, loss, excess, overhead, sameCompute, sameLoss } = penaltyOf(PARAMS, { N, D })!;
    expect(answers).toEqual({
      loss: { value: loss }, excess: { value: excess }, overhead: { value: overhead },
      optimalRatio: { value: sameCompute.D / sameCompute.N }, surplus: { value: C - sameLoss.C },
    });
    expect(beyond.C).toBe(Math.max(1, (6 * N * D) / 1e23));
  }
});

it('a law without a frontier answers with no numbers', () => {
  const shapes = { count: 1, context: 1024 };
  const { budgets, targets } = planOf({ ...BASIS, params: { ...PARAMS, alpha: -1 }, ranges: { C: [1, 2] } }, { budgets: [1e24], losses: [2], shapes });
  expect([budgets[0]!.optimum.N.value, budgets[0]!.beyond.C, budgets[0]!.shapes, targets[0]!.optimum.C.value]).toEqual([NaN, NaN, [], NaN]);
});

it.each<[object, string]>([
  [{ budgets: [0] }, 'budget: expected positive training FLOPs such as 1e21, got 0.'],
  [{ losses: [-1] }, 'losses: expected positive nats per token such as 2.1, got -1.'],
  [{ limits: { hours: 1 } }, 'limits: expected a cluster beside them, got none.'],
  [{ limits: { hours: 1 }, cluster: CLUSTER, layout: { batch: 1e6 } },
    'limits: expected no layout beside them, got one. How well devices are used depends on the size.'],
  [{ budgets: [1e24], asides: [{ N: 1e-300 }] }, 'size: expected parameters such as 7e9, for which 1e24 FLOPs are a number of training tokens, got 1e-300.'],
  [{ budgets: [1e24], asides: [{ N: 1e308 }] }, 'size: expected parameters such as 7e9, for which 1e24 FLOPs are a number of training tokens, got 1e+308.'],
  [{ budgets: [1e24], asides: [{ ratio: 1e-300 }] }, 'ratio: expected tokens per parameter such as 20, for which 1e24 FLOPs are a size, got 1e-300.'],
  [{ failures: { ofOneDevice: 1, checkpoint: 1 } }, 'failures: expected a cluster beside them, got none.'],
])('%j is refused', (options, message) => {
  expect(() => planOf(BASIS, options)).toThrow(new InputError(message));
});
