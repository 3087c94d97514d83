import { describe, expect, it } from 'vitest';
import { SPARSITY } from '../../src/paper/abnar.ts';
import { publishedRouting, ROUTING, ROUTING_SOURCE } from '../../src/paper/clark.ts';
import { GRANULAR } from '../../src/paper/krajewski.ts';
import { PRECISION_SCALES, QUANTISING } from '../../src/paper/kumar.ts';
import { publishedDecay, publishedRules } from '../../src/paper/sizing.ts';
import { wellKnownModels } from '../../src/plan/models.ts';
import { planJson, planText, planWarnings, type PlanReport } from '../../src/report/plan.ts';
import { planOf, type PlanBasis, type PlanOptions } from '../../src/stats/plan.ts';
import type { Resampling } from '../../src/stats/bootstrap.ts';
import { BOOTSTRAP, FIT } from './fixture.ts';

const RESAMPLED = [[1.8, 470, 2100, 0.35, 0.365], [1.83, 480, 2200, 0.345, 0.37], [1.82, 475, 2150, -0.1, 0.36]];
const RESAMPLING: Resampling = {
  bootstrap: { ...BOOTSTRAP, replicates: 3, requested: 3 },
  replicates: { natural: Float64Array.from(RESAMPLED.flat()), objective: new Float64Array(3).fill(1e-3), termination: new Uint8Array(3) },
};
const RANGES = { N: [5e7, 1e10], D: [1e9, 1e12], C: [1e18, 3e21] } as const;
const HARDWARE = { device: 'h100-sxm', utilisation: 0.4, pricePerDeviceHour: 2.5 };
const CLUSTER = { ...HARDWARE, devices: 1024 };

function report(options: PlanOptions, more: Partial<PlanReport> & Partial<PlanBasis> = {}): PlanReport {
  const basis = { law: FIT.law, params: FIT.params, ...more };
  return { ...basis, source: 'runs.csv', options, plan: planOf(basis, options), ...more };
}

const EVERYTHING: PlanOptions = {
  budgets: [1e24], losses: [2], limits: { money: 1e6 }, cluster: CLUSTER, failures: { ofOneDevice: 50_000, checkpoint: 0.05 },
  rules: publishedRules, asides: [{ ratio: 200 }, { N: 8e9 }], shapes: { count: 2, context: 4096 },
  serving: { demand: { inputTokens: 1e12, outputTokens: 1e12 }, hardware: { train: HARDWARE, input: HARDWARE, output: HARDWARE } },
  repetition: { unique: [1e11], decay: publishedDecay },
};
const FULL = report(EVERYTHING, { resampling: RESAMPLING, ranges: RANGES, fit: FIT, decaySource: publishedDecay.source });

it('a budget by a law that is given', () => {
  expect(planText(report({ budgets: [1e22] }))).toBe(`\
Plan by the law chinchilla: runs.csv

  Law        L(N, D) = E + A/N^alpha + B/D^beta
  Parameters E 1.81722, A 477.826, B 2143.42, alpha 0.347310, beta 0.367172
  Intervals  none: a law that is given has none
  Runs       not known: nothing says how far beyond them an answer is

Compute-optimal for 1e22 FLOPs
  N_opt                           9.12B
  D_opt                            183B
  D/N                              20.1
  loss                           2.1403
  smallest N within 0.1 % of it   6.60B
  largest N within 0.1 % of it    12.6B
`);
});

it('with resamples each number has an interval, its distance from the runs and the share without it', () => {
  const text = planText(report({ losses: [2] }, { resampling: RESAMPLING, ranges: RANGES, fit: FIT }));
  expect(text).toMatch(/^Plan by the law chinchilla fitted to runs\.csv\n/);
  expect(text).toContain('  Runs       N 50.0M to 10.0B, D 1.00B to 1.00T, C 1e18 to 3e21\n  Intervals  percentile of 3 resamples (pairs), of those that have the number;');
  const [title, first] = text.slice(text.indexOf('Least compute for a loss of 2\n')).split('\n').slice(1);
  expect(title).toMatch(/95 % interval +beyond runs +resamples without it$/);
  expect(first).toMatch(/^ {2}C \(FLOP\) +\S+ +\S+ to \S+ +\S+× +33 %$/);
});

it('sections in the order of the questions', () => {
  expect(planText(FULL).split('\n').filter((line) => /^\S/.test(line))).toEqual([
    'Plan by the law chinchilla fitted to runs.csv',
    ...['1e24', '5.445e23'].flatMap((C) => [
      `Compute-optimal for ${C} FLOPs${C === '1e24' ? '' : ', what the money allows'}, ${C === '1e24' ? '330' : '180'}× beyond the runs`,
      `Beside it, at ${C} FLOPs`, `Training, ${C} FLOPs`,
      'Least total cost with 2.00T served tokens, for the same loss, in FLOPs',
      'Least total cost with 2.00T served tokens, for the same loss, in money',
      `With 100B unique tokens, at ${C} FLOPs`,
      expect.stringMatching(/^Architectures nearest to \d+\.\dB parameters, D_opt tokens in contexts of 4,096$/),
    ]),
    'Least compute for a loss of 2', 'A loss of 2 with D/N = 200', 'A loss of 2 with N = 8.00B', 'Training, for a loss of 2',
    'Least total cost with 2.00T served tokens, for a loss of 2, in FLOPs',
    'Least total cost with 2.00T served tokens, for a loss of 2, in money',
    expect.stringMatching(/^Architectures nearest to /),
  ]);
});

it('is at most 100 columns wide', () => {
  expect(planText(FULL).split('\n').filter((line) => line.length > 100)).toEqual([]);
});

const FURTHER: PlanOptions = {
  budgets: [1e24], models: wellKnownModels, serving: { demand: { inputTokens: 0, outputTokens: 1e12 } },
  precision: { scales: PRECISION_SCALES, widths: [4, 16], sizes: [8e9], afterwards: { widths: [4], quantising: QUANTISING } },
  mixtures: {
    granularity: { laws: GRANULAR, each: [8] }, sparsity: { law: SPARSITY, each: [0.9], sizes: [8e9] },
    experts: { law: { ...ROUTING['S-BASE'], source: ROUTING_SOURCE }, each: [64] },
  },
};

describe('bit widths, mixtures of experts and trained models', () => {
  const all = planText(report(FURTHER, { resampling: RESAMPLING, ranges: RANGES, fit: FIT }));

  it('are sections of their own, at most 100 columns wide', () => {
    expect(all.split('\n').filter((line) => line.length > 100)).toEqual([]);
    for (const title of [
      'Trained in fewer bits, at the cost of 1e24 FLOPs in 16', 'Best bit width of a size, at the cost of 1e24 FLOPs in 16', 'The optimum for 1e24 FLOPs, quantised afterwards',
      'Dense, and 64 experts of each granularity, at 1e24 FLOPs, by Krajewski et al.', 'The best model of each sparsity at 1e24 FLOPs, by Abnar et al.',
      'The best sparsity of a size at 1e24 FLOPs, by Abnar et al.', 'What the optimum for 1e24 FLOPs counts for with more experts, by Clark et al.',
      'Well-known models against the frontier of this law',
    ]) expect(all).toContain(`\n${title}\n`);
  });

  it('say that constants of others are examples', () => {
    const text = all.replaceAll(/\n {13}/g, ' ');
    for (const { source } of [PRECISION_SCALES, QUANTISING, GRANULAR, SPARSITY, { source: ROUTING_SOURCE }]) {
      expect(text).toContain(`${source}.`);
      expect(source).toMatch(/as others quote it; an example of its authors, not for reuse without a refit$/);
    }
    const own = planText(report({ budgets: [1e24], precision: { scales: { weights: 1, activations: 0, cache: 0, source: 'given' }, widths: [8] } }));
    expect(own).not.toContain('Kumar');
  });

  it('tell the best width by the formula from the one that the paper is quoted with', () => {
    const text = all.replaceAll(/\n {13}/g, ' ');
    // Σ z/(e^z - 1) = 1 with z = P/γ at P = 3.47: 0.4873 + 0.4113 + 0.0994; 7/3.47 and 8/3.47 are 2.0 and 2.3.
    expect(text).toContain('The best width, 3.47 bits, follows from γ alone, whatever the law and the budget,');
    expect(text).toContain('The paper is quoted with 7 to 8 bits as best where all three are chosen, which would take γ 2.0 to 2.3 times as large:');
    const own = planText(report({ budgets: [1e24], precision: { scales: { weights: 2.6745, activations: 2.2102, cache: 0.9578, source: 'given' }, widths: [8] } }));
    expect(own).toContain('The best width, 3.47 bits,');
    expect(own).not.toContain('The paper is quoted');
  });

  it('are written as they were given, and what is next to nothing is not 0', () => {
    const text = planText(report({
      budgets: [1e24], asides: [{ N: 1e9 }],
      precision: { scales: PRECISION_SCALES, widths: [4, 4.5, 64], afterwards: { widths: [16], quantising: QUANTISING } },
      mixtures: { sparsity: { law: SPARSITY, each: [0, 0.999] } },
    }));
    for (const row of [/\n {2}4 +64 % /, /\n {2}4\.5 +70 % /, /\n {2}64 +100 % /, /\n {2}3\.47, best /, /\n +16 +2\.\de-11 /, /\n +99\.9 % /, /\n {2}N = 1\.00B .* \d+,\d{3} %\n/]) expect(text).toMatch(row);
  });

  it('what has no room is a table below, beside its intervals', () => {
    const text = planText(FULL);
    const beside = text.slice(text.indexOf('Beside it, at 1e24')).split('\n\nTraining')[0]!;
    expect(beside.split('\n').filter((line) => line.includes('%') && line.trim().startsWith('20 tokens')).length).toBe(1);
    expect(beside).toMatch(/\n\n +beyond runs\n {2}20 tokens/);
    expect(beside).toMatch(/\n {2}Kaplan's rule +\d+× in N\n/);
    expect(text.split('\n').filter((line) => line !== line.trimEnd())).toEqual([]);
  });

  it('a model is large or small for the compute that it took', () => {
    const rows = planText(report({ models: wellKnownModels })).split('\n');
    expect(rows.find((row) => row.startsWith('  GPT-3 '))).toMatch(/^ {2}GPT-3 +175B +300B +1\.71 +18\.\d +large +0\.80 % +63 % +1\.22e23$/);
    expect(rows.find((row) => row.startsWith('  Llama 3 8B '))).toMatch(/ small /);
  });

  it('have names in the JSON', () => {
    const json = JSON.parse(JSON.stringify(planJson(report(FURTHER)))) as { budgets: Record<string, object>[]; models: object[] };
    expect(Object.keys(json.budgets[0]!['precision']!)).toEqual(['widths', 'sizes', 'afterwards']);
    expect(Object.keys(json.budgets[0]!['mixtures']!)).toEqual(['granularity', 'sparsity', 'sizes', 'experts', 'cutoff']);
    expect(Object.keys(json.models[0]!)).toEqual([
      'name', 'N', 'D', 'year', 'source', 'C', 'tokensPerParameter', 'loss', 'excess', 'overhead', 'optimalRatio', 'surplus', 'beyond',
    ]);
  });
});

it('says whose constants are used, and that they are not refitted', () => {
  const text = planText(FULL).replaceAll(/\n {13}/g, ' ');
  expect(text).toContain(
    'Repeated tokens are worth what R_D* = 15.39 and R_N* = 5.310 say: Muennighoff et al. 2023, arXiv:2305.16264, appendix A; ' +
    'theirs, not refitted to these runs.');
  expect(text).toContain("Kaplan's rule: Kaplan et al. 2020, arXiv:2001.08361, Table 6: N without embeddings, half of the FLOPs counted.");
  expect(planText(report({ losses: [2], rules: publishedRules }))).not.toContain('Kaplan');
});

it('says what is recomputed, and from how many served tokens on smaller models are cheaper', () => {
  const again = { ...CLUSTER, recompute: true };
  const options = { ...EVERYTHING, limits: {}, cluster: again, shapes: { count: 1, context: 4096, recompute: true } };
  const { limits: _, ...asked } = options;
  const [text, plain] = [asked, { ...asked, cluster: CLUSTER, shapes: { count: 1, context: 4096 } }].map((each) => planText(report(each)));
  expect(text).toContain('  Cluster    1,024 h100-sxm at 40 % of the peak rate, a quarter of it recomputation; goodput');
  for (const line of [/\nTraining, 1e24 FLOPs, with recomputation\n/, /\nTraining, for a loss of 2, with recomputation\n/, /, D_opt tokens in contexts of 4,096, recomputed\n/, / 8ND +FLOPs counted +counted\/8ND\n/]) {
    expect(text).toMatch(line);
    expect(plain).not.toMatch(line);
  }
  for (const row of [/\n {2}cheaper than that from, served tokens +\d+\S+[BT]\n {2}cheaper with D\/N = 200 from +\S+\n {2}cheaper with N = 8\.00B from +\S+\n/]) expect(text).toMatch(row);
  const { cluster, recompute, targets } = JSON.parse(JSON.stringify(planJson(report(asked)))) as { cluster: object; recompute: boolean; targets: { serving: { flops: object } }[] };
  expect([cluster, recompute]).toMatchObject([{ recompute: true }, true]);
  expect(targets[0]!.serving.flops).toMatchObject({ cheaperFrom: { value: expect.any(Number) as number }, beside: [{ ratio: 200, cheaperFrom: {} }, { N: 8e9, cheaperFrom: {} }] });
});

it('where a smaller model never gets there, there is no number and no interval', () => {
  const { natural } = RESAMPLING.replicates;
  const steady: Resampling = { ...RESAMPLING, replicates: { ...RESAMPLING.replicates, natural: natural.map((value, k) => (k === 13 ? 0.34 : value)) } };
  const text = planText(report({ losses: [1.95], asides: [{ N: 1e8 }], serving: { demand: { inputTokens: 1e12, outputTokens: 0 } } }, { resampling: steady }));
  expect(text).toMatch(/\n {2}cheaper with N = 100M from +-( +100 %)?\n/);
  expect(text).not.toMatch(/- to -/);
});

it('says how a layout uses the devices', () => {
  const text = planText(report({ losses: [2], cluster: CLUSTER, layout: { batch: 4e6, pipeline: { stages: 8, microBatches: 32 } } }));
  expect(text).toContain('  Cluster    1,024 h100-sxm at 40 % of the peak rate by itself\n');
  // A bubble of 7/32 leaves 32/39 of the time.
  expect(text).toMatch(/\nTraining, for a loss of 2: 33 % of the peak rate, pipeline 82 %, communication 100 %, \S+ s a step\n/);
});

it('says what is in doubt', () => {
  const failed = { ...FIT, certificate: { ...FIT.certificate, verdict: 'fail' as const } };
  expect(planText(report({ budgets: [1e22] }, { fit: failed }))).toMatch(/^Plan by the law chinchilla fitted to runs\.csv \(the certificate fails\)\n/);
});

describe('warnings', () => {
  it('of what is beyond the runs, in each column', () => {
    expect(planWarnings(report({ budgets: [1e20, 1e22] }, { ranges: { ...RANGES, N: [5e7, 1e9] } }))).toEqual([
      'The optimum for 1e22 FLOPs is beyond the runs, 9.1× in N, 3.3× in C: no run says that the law holds there.',
    ]);
  });

  it('of models that are none, and of devices that hardly train', () => {
    expect(planWarnings(report({ losses: [1e9] }))).toEqual(['The optimum for a loss of 1000000000 has less than one parameter or token: there is no such model.']);
    const failing = (ofOneDevice: number) => planWarnings(report({ budgets: [1e22], cluster: CLUSTER, failures: { ofOneDevice, checkpoint: 5 } }));
    expect(failing(1000)).toEqual([expect.stringMatching(/^Failures and checkpoints leave \S+ % of the devices' time: one fails about as often as a checkpoint is made\.$/)]);
    expect(failing(1e6)).toEqual([]);
  });

  it('of bits beyond those of the runs', () => {
    const precision = { scales: { weights: 2, activations: 2, cache: 1, source: 'given' }, widths: [4, 16, 32] };
    expect(planWarnings(report({ budgets: [1e20, 1e21], precision }, { ranges: { P_w: [3, 16], P_a: [3, 64] } }))).toEqual([
      '32 bits are 2.0× beyond the runs, whose weights have 3 to 16.',
    ]);
    expect(planWarnings(report({ budgets: [1e20], precision }))).toEqual([]);
  });

  it('of constants of others beyond the runs that they are of', () => {
    expect(planWarnings(report({ ...FURTHER, budgets: [1e24], mixtures: { ...FURTHER.mixtures, granularity: { laws: GRANULAR, each: [1, 16, 32] }, experts: { law: publishedRouting, each: [64] } } }))).toEqual([
      expect.stringMatching(/^The γ of the bit widths are of other models: these are [\d,]+× above 30\.0M to 220M in N, \d+× above 1\.50B to 26\.0B in D\.$/),
      expect.stringMatching(/^The constants of quantising are of other models: these are 440× above 30\.0M to 220M in N, 66× above 1\.50B to 26\.0B in D\.$/),
      'A granularity of 32 is 2.0× beyond those that the law is of, 1 to 16.',
      'The constants of experts are of other models: these are 13× above 130B in D.',
    ]);
    expect(planWarnings(report({ budgets: [1e20], mixtures: { granularity: { laws: GRANULAR, each: [1, 16] }, experts: { law: publishedRouting, each: [64] } } }))).toEqual([
      'The constants of experts are of other models: these are 6.7× below 130B in D.',
    ]);
  });

  it('of what is not reached', () => {
    const text = report({ losses: [1.8] });
    expect(planWarnings(text)).toEqual(['The law has no optimum for a loss of 1.8: it does not get there, or its exponents are not positive.']);
    expect(planText(text)).toContain('Least compute for a loss of 1.8\n  C (FLOP)  -\n');
  });
});

describe('JSON', () => {
  const json = JSON.parse(JSON.stringify(planJson(FULL))) as Record<string, unknown> & { budgets: Record<string, unknown>[]; targets: Record<string, unknown>[] };

  it('has these names, in this order', () => {
    expect(Object.keys(json)).toEqual([
      'law', 'params', 'source', 'ranges', 'certificate', 'intervals', 'cluster', 'goodput', 'served', 'repetition', 'context',
      'budgets', 'targets', 'notes', 'warnings', 'version',
    ]);
    expect(Object.keys(json.budgets[1]!)).toEqual([
      'C', 'limit', 'N', 'D', 'tokensPerParameter', 'loss', 'beyond', 'flatness', 'beside', 'training', 'serving', 'repetition', 'shapes',
    ]);
    expect(Object.keys(json.targets[0]!)).toEqual([
      'loss', 'C', 'N', 'D', 'tokensPerParameter', 'beyond', 'beside', 'training', 'serving', 'shapes',
    ]);
  });

  it('has a value, an interval and the share without it of each number', () => {
    const { N } = FULL.plan.budgets[0]!.optimum;
    expect(json.budgets[0]!['N']).toEqual({ value: N.value, interval: N.interval, unanswered: 1 - 2 / 3 });
    expect(json.budgets[0]!['beside']).toMatchObject([{ rule: '20 tokens a parameter' }, { rule: "Kaplan's rule" }, { ratio: 200 }, { N: 8e9 }]);
    expect(json.targets[0]!['beside']).toMatchObject([{ ratio: 200 }, { N: { value: 8e9 } }]);
    expect(json['repetition']).toEqual({ ...publishedDecay });
  });

  it('has null for what is not reached, and no intervals without resamples', () => {
    const { targets, ...rest } = planJson(report({ losses: [1.8] }));
    expect(targets).toMatchObject([{ C: { value: null }, N: { value: null } }]);
    expect(rest).not.toHaveProperty('intervals');
  });
});
