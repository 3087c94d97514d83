import { describe, expect, it } from 'vitest';
import { openBackend } from '../../src/node.ts';
import { InputError } from '../../src/errors.ts';
import { filterSweep } from '../../src/data/filter.ts';
import { readSweep } from '../../src/data/read.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { frontier } from '../../src/plan/frontier.ts';
import { methodsText, type MethodsOptions } from '../../src/report/methods.ts';
import { sandwichOn } from '../../src/stats/analytic.ts';
import type { Bootstrap, Fit, Sweep } from '../../src/types.ts';
import { sweepCase } from '../support/cases.ts';
import { BOOTSTRAP, BROKEN, FIT } from './fixture.ts';

const SWEEP: Sweep = {
  ...sweepCase(),
  name: 'runs.csv',
  mapping: { N: 'Params (M)', D: 'C/(6N)', C: 'flops', loss: 'val_loss' },
  notes: ['D is not in the table: taken as C/(6N).', 'N is "Params (M)" times 1000000.'],
};

/** The paragraphs of what a change of FIT and SWEEP gives. */
function paragraphs(change: Partial<MethodsOptions> = {}): string[] {
  return methodsText({ sweep: SWEEP, fit: FIT, ...change }).trimEnd().split('\n\n');
}

function withFit(change: Partial<Fit>): string {
  return methodsText({ sweep: SWEEP, fit: { ...FIT, ...change } });
}

function withBootstrap(change: Partial<Bootstrap>): string {
  return methodsText({ sweep: SWEEP, fit: FIT, bootstrap: { ...BOOTSTRAP, ...change } });
}

it('says it all', () => {
  expect(methodsText({ sweep: SWEEP, fit: FIT, bootstrap: BOOTSTRAP, budget: 1e24 })).toBe(`\
We fitted 240 training runs of runs.csv. N (parameters) is from "Params (M)", D (training tokens) is taken as C/(6N), \
C (training FLOPs) is from "flops" and the loss L (nats per token) is from "val_loss". N is "Params (M)" times 1000000. \
Compute is counted as C = 6ND. 10 runs were left out: 1 not loss<6 (line 2); 9 of the 9 highest losses (lines 3-7, 80-82, 1083). \
The reader of the table warns: The column "loss_bits" suggests bits. Multiply bits by 0.6931, and bits per byte also by bytes per token, \
for nats per token.

The law is L(N, D) = E + A/N^alpha + B/D^beta (Hoffmann et al. 2022, arXiv:2203.15556). It was fitted by minimising the sum over the runs \
of Huber(r), r = log L_fit - log L with natural logarithms, which is r^2/2 up to |r| = delta = 0.001 nats and linear beyond. \
The minimum was sought from 4,500 starts of the published grid. Each was descended by damped normal equations (Levenberg-Marquardt) \
with the inputs centred, the residuals beyond the threshold reweighted at first and the steps turning into Newton's as they succeed, \
through the thresholds 1, 0.1, 0.01, 0.003 and 0.001 nats, in float64 on the CPU (2 threads). The lowest ends, at most four that differ, \
were polished by Newton's method in float64; the lowest of them is the fit.

Of 4,500 descents 2,798 converged, 1,690 lost a term of the law and 12 reached the step limit; 2,716 (60 %) ended within 1e-4 (relative) \
of the lowest objective, 0.00101827 nats^2. At the fit the gradient, relative to the pulls of the single runs, is 6.6e-15, \
and the condition number of the scaled normal equations 61.7. All checks of convergence pass. The fit is E = 1.8172 (1.769 to 1.871), \
A = 477.83 (286.1 to 743.6), B = 2143.4 (1042 to 5810), alpha = 0.34731 (0.3168 to 0.3733) and beta = 0.36717 (0.3313 to 0.4154), \
with 95 % intervals in brackets. Compute-optimal sizes go as N_opt ~ C^a and D_opt ~ C^b with a = 0.51390 (0.4807 to 0.5561) \
and b = 0.48610 (0.4439 to 0.5193).

Uncertainty is from a bootstrap (pairs) of 4,000 resamples: the runs drawn with replacement (seed 42). Each was fitted again \
from the optimum of the whole sweep. Of 32 resamples probed from 2 random starts each, none ended lower than from there. \
14 of these fits (0.3 %) did not converge; the finite ones are in the intervals. \
The 95 % intervals are quantiles of the resamples (Efron and Tibshirani 1993, chapter 13).

At C = 6ND = 1e24 FLOPs, 310 times the compute of the largest run, the optimum by this fit is N = 97.2B parameters (58.3B to 165B) \
on D = 1.72T tokens (1.46T to 2.19T), 17.6 tokens per parameter (3.57 to 146), with a loss of 1.959 nats per token (2.200 to 2.300).

All of this was computed with isoloss 0.1.0. To be filled in: the tokenizer is ____. N counts the embeddings: ____. \
The training data are ____, with tokens repeated: ____. The learning-rate schedule is ____, and ends with each run: ____. \
The loss is that of training or of held-out data: ____, smoothed by ____. The C of the table is counted as ____.
`);
});

it('says that a fit fails its checks, and why, before its numbers', () => {
  const [, , result, uncertainty, optimum] = paragraphs({ fit: BROKEN, budget: 1e24 });
  expect(result).toContain('Of 1 descent 1 had no finite objective; 0 (0 %) ended');
  expect(result).toContain('the gradient, relative to the pulls of the single runs, is NaN, and the condition number of the scaled normal equations Infinity. ' +
    'The checks of convergence FAIL, and the numbers should not be relied on: One start proves nothing: use more. ' +
    'The runs do not tell the parameters apart. The fit is E = 1.7000, A = 1.0600, B = Infinity, alpha = -0.00020000 and beta = NaN.');
  expect(result).not.toMatch(/All checks|C\^a|in brackets/);
  expect(uncertainty).toBe('No intervals were computed.');
  expect(optimum).toBe('At C = 1e24 FLOPs no size is optimal by this fit.');
});

describe('the data', () => {
  it('are those of a table that was read', async () => {
    const rows = [70, 100, 200, 400].map((size, k) => `${size},${2 + k},${3 - 0.1 * k},${k + 1}`);
    const sweep = await readSweep(`Params (M),Tokens (B),val_loss,w\n${rows.join('\n')}\n`, { name: 'own.csv', columns: { weight: 'w' } });
    const fitted = filterSweep(sweep, { where: ['loss<2.95'] });
    const [data, objective, , , last] = paragraphs({ sweep: fitted, fit: { ...FIT, points: 3, dropped: fitted.dropped, warnings: [] } });
    expect(data).toBe('We fitted 3 training runs of own.csv. N (parameters) is from "Params (M)", D (training tokens) is from "Tokens (B)", ' +
      'C (training FLOPs) is taken as 6·N·D, the loss L (nats per token) is from "val_loss" and the weight of each run is from "w". ' +
      'N is "Params (M)" times 1000000. D is "Tokens (B)" times 1000000000. Compute is counted as C = 6ND. ' +
      '1 run was left out: 1 not loss<2.95 (line 2).');
    expect(objective).toContain('the sum over the runs, each with its weight, of Huber(r)');
    expect(last).not.toContain('The C of the table');
  });

  it('may have a C of their own', () => {
    const [data, , , , last] = paragraphs({ sweep: { ...SWEEP, mapping: { N: 'N', D: 'D', C: 'C', loss: 'L' }, notes: [] } });
    expect(data).toContain('D (training tokens) is from "D", C (training FLOPs) is from "C"');
    expect(data).toContain('The law is fitted in N and D; compute-optimal sizes take C = 6ND, whatever C the table has.');
    expect(last).toContain('The C of the table is counted as ____.');
  });

  it('have blanks where nobody knows', () => {
    expect(paragraphs({ sweep: { ...SWEEP, mapping: {} } })[0]).toContain('N (parameters) is ____, D (training tokens) is ____,');
  });

  it('that lack nothing are said to', () => {
    expect(withFit({ dropped: [], warnings: [] })).toContain('Compute is counted as C = 6ND. No run was left out.\n\n');
  });

  it('name the lines of long lists elsewhere, and runs of weight 0 that nothing left out', () => {
    const even = Array.from({ length: 60 }, (_, k) => 2 * k);
    const sweep = { ...SWEEP, weight: SWEEP.weight.map((_, i) => (i < 3 ? 0 : 1)) };
    const [data] = paragraphs({ sweep, fit: { ...FIT, dropped: [{ reason: 'not C<1e21', lines: even }, { reason: 'by hand', lines: [] }] } });
    expect(SWEEP.lines.slice(0, 3)).toEqual(Int32Array.of(2, 3, 4));
    expect(data).toContain("60 runs were left out: 60 not C<1e21 (lines listed in the fit's JSON). " +
      'Runs of weight 0 have no part in the fit: 1 in all (line 3).');
  });
});

describe('the search', () => {
  it('is from starts that were drawn', () => {
    const certificate = { ...FIT.certificate, starts: 32 };
    expect(withFit({ starts: 'auto', seed: 7, certificate })).toContain('The minimum was sought from 32 starts drawn at random on the scale of the data (seed 7). Each');
    expect(withFit({ starts: '32', certificate })).toContain('from 32 starts drawn at random on the scale of the data (seed 0). Each');
  });

  it('is from others about the lowest end too, where some of those ended elsewhere', () => {
    const certificate = { ...FIT.certificate, starts: 32, startsAgreeing: 30, startsAbout: 56, startsAboutAgreeing: 48, outcomes: { converged: 32 } };
    expect(withFit({ starts: 'auto', certificate })).toContain(
      'sought from 32 starts drawn at random on the scale of the data (seed 0), and from 56 about the lowest end of those. Each');
    expect(withFit({ starts: 'auto', certificate: { ...certificate, starts: 8 } })).toContain(', the 8 of lowest objective among 32, and from 56 about');
    expect(withFit({ starts: 'auto', certificate })).toContain('Of 32 independent descents 32 converged; 30 (94 %) ended within 1e-4 (relative) of the lowest objective, ');
    expect(withFit({ starts: 'auto', certificate })).toContain(', and 48 of the 56 begun about the lowest end.');
  });

  it.each([['auto', '8', '32'], ['1000', '8', '1,000'], ['paper', '8', '4,500']])('from %s may be screened', (starts, kept, all) => {
    expect(withFit({ starts, certificate: { ...FIT.certificate, starts: 8 } })).toMatch(
      new RegExp(`sought from ${kept} starts [^.]*, the ${kept} of lowest objective among ${all}\\.`));
  });

  it('is on the device that did it', () => {
    expect(withFit({ backend: { name: 'gpu', adapter: 'nvidia hopper' } })).toContain('in float32 on a GPU (WebGPU, nvidia hopper). The lowest ends');
  });

  it.each([[0.01, '1, 0.1, 0.03 and 0.01'], [0.5, '1.5 and 0.5'], [1e-4, '1, 0.1, 0.01, 0.001, 0.0003 and 0.0001'], [100, '300 and 100']])(
    'with delta = %d goes through %s', (delta, stages) => {
      const text = withFit({ delta });
      expect(text).toContain(`|r| = delta = ${delta} nats`);
      expect(text).toContain(`through the thresholds ${stages} nats, in`);
    });

  it.each([[1, '1 other minimum was found, the lowest of objective 0.00200000 nats^2.'], [2, '2 other minima were found, the lowest of objective 0.00200000 nats^2.']])(
    'found %i other minima', (count, sentence) => {
      const otherMinima = Array.from({ length: count }, (_, k) => ({ params: FIT.params, objective: 0.002 + k }));
      expect(withFit({ otherMinima })).toContain(sentence);
      expect(withFit({})).not.toContain('other minim');
    });
});

describe('the uncertainty', () => {
  it.each([
    ['pairs', 'the runs drawn with replacement (seed 42).'],
    ['cluster', 'clusters of runs, those of the same ____, drawn with replacement (seed 42).'],
    ['residual', 'the fitted losses, each with the residual of the log loss of a run drawn at random (seed 42).'],
    ['wild', 'the fitted losses, each with its own residual of the log loss or the negative of it (seed 42).'],
    ['parametric', 'the fitted losses with normal noise on the log loss, as wide as the residuals (seed 42).'],
    ['counts', 'each run as often as given counts say, which are from ____.'],
  ] as const)('by %s', (kind, sentence) => {
    expect(withBootstrap({ kind })).toContain(`Uncertainty is from a bootstrap (${kind}) of 4,000 resamples: ${sentence} Each was`);
  });

  it.each([
    ['percentile', 'quantiles of the resamples (Efron and Tibshirani 1993, chapter 13).'],
    ['basic', 'basic ones, quantiles of the resamples reflected about the fit (Davison and Hinkley 1997, section 5.2).'],
    ['bca', 'BCa, quantiles of the resamples corrected for bias and skewness (Efron 1987).'],
    ['sandwich', 'not from the resamples but from the sandwich covariance of the fit, which takes the runs as independent (Huber 1967).'],
  ] as const)('as %s intervals', (interval, sentence) => {
    expect(withBootstrap({ interval, confidence: 0.9 })).toContain(`The 90 % intervals are ${sentence}\n\n`);
  });

  it('is skewed by the fits without each run or cluster', () => {
    const leftOut = { fits: 240, failed: {} };
    expect(withBootstrap({ interval: 'bca', leftOut })).toContain('The skewness is from 240 fits, each without one run. All of these fits converged.');
    expect(withBootstrap({ interval: 'bca', kind: 'cluster', leftOut: { fits: 20, failed: { iterations: 1 } } })).toContain(
      'The skewness is from 20 fits, each without one cluster. 1 of these fits (5 %) did not converge; the finite ones are in the intervals.');
  });

  it('says where it was stopped, what failed and what has no optimum', () => {
    const text = withBootstrap({ replicates: 300, failed: {}, withoutOptimum: 2 });
    expect(text).toContain('a bootstrap (pairs) of 300 resamples, of 4,000 that were asked for: the runs');
    expect(text).toContain('All of these fits converged. 2 of the resamples have no compute-optimal size and are in no interval of N, D or the loss at a budget. The 95 %');
    expect(withBootstrap({})).not.toMatch(/asked for|no compute-optimal/);
  });

  it('says where each resample started', () => {
    expect(withBootstrap({ starts: { minima: 3, others: 8 } })).toContain(
      'Each was fitted again from the 3 minima of the whole sweep and from 8 further starts, keeping the lowest end. 14 of');
    expect(withBootstrap({ starts: { minima: 1, others: 8, probe: { resamples: 32, starts: 2, lower: 3 } } })).toContain(
      'Of 32 resamples probed from 2 random starts each, 3 ended lower than from there.');
  });

  it('by the sandwich resamples nothing', () => {
    const sandwich: Bootstrap = { ...BOOTSTRAP, kind: 'sandwich', interval: 'sandwich', replicates: 0, requested: 0, failed: {}, withoutOptimum: 0 };
    const [, , result, uncertainty] = paragraphs({ sandwich });
    expect(result).toContain('E = 1.8172 (1.769 to 1.871)');
    expect(uncertainty).toBe('No run was resampled: uncertainty is from the sandwich covariance of an M-estimator at the fit, ' +
      'which takes the runs as independent (Huber 1967; Powell 1991; MacKinnon and White 1985). ' +
      "The 95 % intervals are of first order in the parameters, with quantiles of Student's t.");
    expect(paragraphs({ bootstrap: sandwich })).toEqual(paragraphs({ sandwich }));
    expect(paragraphs({ bootstrap: BOOTSTRAP, sandwich })).toEqual(paragraphs({ bootstrap: BOOTSTRAP }));
  });

  it('says what its intervals leave out, of the sandwich beside resamples too', () => {
    const warnings = ['E lies at a bound: they may be too short.'];
    const sandwich: Bootstrap = { ...BOOTSTRAP, kind: 'sandwich', interval: 'sandwich', warnings };
    const end = / Of the intervals isoloss warns: E lies at a bound: they may be too short\.$/;
    expect(paragraphs({ sandwich })[3]).toMatch(end);
    expect(paragraphs({ bootstrap: { ...BOOTSTRAP, interval: 'sandwich', warnings } })[3]).toMatch(end);
  });

  it('writes an interval without bounds as that', () => {
    const intervals = { ...BOOTSTRAP.intervals, a: [-Infinity, Infinity] as const, b: [NaN, NaN] as const };
    expect(paragraphs({ bootstrap: { ...BOOTSTRAP, intervals } })[2]).toMatch(/a = 0\.51390 \(without bounds\) and b = 0\.48610 \(no interval\)/);
  });

  it('by a sandwich that cannot be had is none', () => {
    const sandwich: Bootstrap = { ...BOOTSTRAP, kind: 'sandwich', interval: 'sandwich', replicates: 0,
      intervals: Object.fromEntries(Object.keys(BOOTSTRAP.intervals).map((name) => [name, [NaN, NaN] as const])) };
    const [, , result, uncertainty] = paragraphs({ sandwich });
    expect(result).toContain('E = 1.8172 (no interval)');
    expect(uncertainty).toMatch(/^There are no intervals: the sandwich covariance .*, cannot be had from these runs\.$/);
  });
});

describe('the optimum', () => {
  it.each([
    [5e22, 'C = 6ND = 5e22 FLOPs, 16 times the compute of the largest run,'],
    [3.2e21, 'C = 6ND = 3.2e21 FLOPs, within the compute of the runs,'],
    [1e18, 'C = 6ND = 1e18 FLOPs, 2.1 times less than the compute of the smallest run,'],
  ])('at %d says how far that is', (budget, words) => {
    const optimum = paragraphs({ budget })[4]!;
    const [{ loss }] = frontier('chinchilla', FIT.params, [budget]);
    expect(optimum).toContain(words);
    expect(optimum).toContain(`with a loss of ${loss.toFixed(3)} nats per token.`);
  });

  it('has the intervals of its own budget, or none', () => {
    expect(paragraphs({ bootstrap: BOOTSTRAP, budget: 1e25 })[4]).toMatch(/N = 317B parameters \([^)]+\) on D = 5\.25T tokens \(/);
    expect(paragraphs({ bootstrap: BOOTSTRAP, budget: 2e25 })[4]).not.toContain('(');
  });

  it('is left out where no budget is asked for, and refused where it is none', () => {
    expect(paragraphs({ bootstrap: BOOTSTRAP }).some((text) => text.includes('the optimum by this fit'))).toBe(false);
    expect(() => paragraphs({ budget: -1 })).toThrow(new InputError('budget: expected positive training FLOPs such as 1e21, got -1.'));
  });
});

it('tells of a fit as it was made', async () => {
  const sweep = sweepCase();
  const backend = await openBackend('cpu');
  const fit = await fitOn(backend, sweep, { starts: 6, screen: 3, seed: 11 }).finally(() => backend.close());
  const text = methodsText({ sweep, fit, sandwich: sandwichOn(sweep, fit, { budgets: [1e23] }), budget: 1e23 });
  expect(text).toContain('from 3 starts drawn at random on the scale of the data (seed 11), the 3 of lowest objective among 6, and from 8 about the lowest end of those.');
  expect(text).toContain('Of 3 independent descents 3 converged; 3 (100 %) ended');
  expect(text).not.toMatch(/NaN|undefined|no interval/);
});
