import { expect, it } from 'vitest';
import { reportFrontier } from '../../src/report/frontier.ts';
import { toText } from '../../src/report/text.ts';
import { BOOTSTRAP, BROKEN, FIT } from './fixture.ts';

it('says it all', () => {
  expect(toText(FIT, reportFrontier(FIT))).toBe(`\
chinchilla law fitted to runs.csv

  L(N, D) = 1.817 + 477.8/N^0.3473 + 2143/D^0.3672
  N_opt ∝ C^0.5139,  D_opt ∝ C^0.4861

  WARNING    The column "loss_bits" suggests bits. Multiply bits by 0.6931, and bits per byte also
             by bytes per token, for nats per token.
  Note       D is not in the table: taken as C/(6N).

Parameters
  E         1.81722
  A       477.826
  B      2143.42
  alpha     0.347310
  beta      0.367172
  a         0.513900
  b         0.486100

Fit
  Points     240 used, 10 dropped
             1 not loss<6: line 2
             9 of the 9 highest losses: lines 3, 4, 5, 6, 7, 80, 81, 82 and 1 more
  Objective  0.001018274018  (sum of Huber(log L_fit - log L) with delta = 0.001)
  Starts     4,500 descended, of the published grid
  Backend    cpu, 2 threads  (isoloss 0.1.0)
  Time       1.5 s: starts 510 µs, search 12 ms, descend 1.4 s, polish 7.2 ms, certify 1.3 ms

Certificate: pass
  Agreement  2,716 of 4,500 starts (60 %) ended within 1e-4 of the best objective
  Gradient   6.6e-15  (0 where the runs balance, 1 where they all pull one way)
  Condition  61.7     (1 is best; above 1e8 the runs do not tell the parameters apart)
  Bounds     none reached
  Descents   2,798 converged   The decrease that the model promises fell below tolerance ×
                               objective.
             1,690 vanished    A term of the law fell below 1e-6 of the loss at every run: the
                               gradient no longer sees it.
                12 iterations  Reached the step limit before converging.

Compute-optimal training, C = 6ND
  C (FLOP)     N_opt     D_opt   D/N   loss  beyond the runs
  1e18         80.2M     2.08B  25.9  3.489
  1e19          262M     6.36B  24.3  2.926
  1e20          855M     19.5B  22.8  2.552
  1e21         2.79B     59.7B  21.4  2.304
  1e22         9.12B      183B  20.1  2.140  3.1×
  1e23         29.8B      560B  18.8  2.031  31×
  1e24         97.2B     1.72T  17.6  1.959  310×
  1e25          317B     5.25T  16.6  1.911  3100×
  1e26         1.04T     16.1T  15.5  1.880  31000×
`);
});

it('tells starts that were drawn from those about the lowest end', () => {
  const certificate = { ...FIT.certificate, starts: 32, startsAgreeing: 30, startsAbout: 56, startsAboutAgreeing: 48 };
  const text = toText({ ...FIT, starts: 'auto', certificate }, []);
  expect(text).toContain('\n  Starts     32 descended, drawn from the data with seed 0; 56 more about the lowest end of those\n');
  expect(text).toContain('\n  Agreement  30 of 32 starts (94 %) ended within 1e-4 of the best objective; 48 of 56 begun about it\n');
});

it('says what is wrong with a fit that ran off', () => {
  expect(toText(BROKEN, reportFrontier(BROKEN))).toBe(`\
chinchilla law fitted to runs.csv

  L(N, D) = 1.700 + 1.060/N^(-0.0002000) + Infinity/D^NaN
  N_opt ∝ C^NaN,  D_opt ∝ C^NaN

Parameters
  E             1.70000
  A             1.06000
  B      Infinity
  alpha        -0.000200000
  beta        NaN
  a           NaN
  b           NaN

Fit
  Points     240 used, none dropped
  Objective  0.001018274018  (sum of Huber(log L_fit - log L) with delta = 0.001)
  Starts     1 descended, drawn from the data with seed 7
  Backend    cpu, 2 threads  (isoloss 0.1.0)
  Time       1.5 s: starts 510 µs, search 12 ms, descend 1.4 s, polish 7.2 ms, certify 1.3 ms

Certificate: FAIL. Do not rely on these numbers.
  ! One start proves nothing: use more.
  ! The runs do not tell the parameters apart.
  Agreement  0 of 1 starts (0 %) ended within 1e-4 of the best objective
  Gradient   NaN       (0 where the runs balance, 1 where they all pull one way)
  Condition  Infinity  (1 is best; above 1e8 the runs do not tell the parameters apart)
  Bounds     alpha <= 0, B has no effect
  Descents   1 nonfinite  The objective is NaN or infinite at the start.

Compute-optimal training, C = 6ND (the certificate fails)
  None: with these parameters no size is optimal.
`);
});

/** Without it: what a report says of a fit alone. */
function added(text: string): string {
  const alone = new Set(toText(FIT, reportFrontier(FIT)).split('\n').filter((line) => line !== ''));
  return text.split('\n').filter((line) => !alone.has(line)).join('\n').replaceAll(/\n{2,}/g, '\n\n').trim();
}

it('says how sure the numbers are, and how the resamples ended', () => {
  const beside = { bootstrap: BOOTSTRAP, predict: [{ N: 7e10, D: 1.4e12 }, { N: 8e9, D: 1.5e13 }] };
  const second = { N: 8e9, D: 1.5e13, loss: 2, interval: [1.9, 10.25] as const };
  const both = { ...BOOTSTRAP, predictions: [...BOOTSTRAP.predictions, second] };
  expect(added(toText(FIT, reportFrontier(FIT), { ...beside, bootstrap: both }))).toBe(`\
std. error  95 % interval
  E         1.81722      0.0257      1.769  to    1.871
  A       477.826      124         286.1    to  743.6
  B      2143.42      1310        1042      to 5810
  alpha     0.347310     0.0154      0.3168 to    0.3733
  beta      0.367172     0.0206      0.3313 to    0.4154
  a         0.513900     0.0200      0.4807 to    0.5561
  b         0.486100     0.0200      0.4439 to    0.5193

Bootstrap
  Kind       pairs: runs drawn with replacement, seed 42
  Resamples  4,000 fitted in 1.2 s
  Starts     the optimum: of 32 resamples probed from 2 drawn starts none ended lower
  Failed     14 of 4,000 (0.3 %) did not converge; the finite ones are in the intervals
             12 iterations  Reached the step limit before converging.
              2 nonfinite   The objective is NaN or infinite at the start.
  Intervals  percentile: quantiles of the resamples

  C (FLOP)     N_opt  95 % interval      D_opt   D/N  95 % interval   loss  beyond the runs
  1e18         80.2M  80.0M to 90.0M     2.08B  25.9  25.0 to 26.0   3.489
  1e19          262M   240M to  315M     6.36B  24.3  12.5 to 46.0   2.926
  1e20          855M   720M to 1.10B     19.5B  22.8  8.33 to 66.0   2.552
  1e21         2.79B  2.16B to 3.86B     59.7B  21.4  6.25 to 86.0   2.304
  1e22         9.12B  6.48B to 13.5B      183B  20.1  5.00 to  106   2.140  3.1×
  1e23         29.8B  19.4B to 47.3B      560B  18.8  4.17 to  126   2.031  31×
  1e24         97.2B  58.3B to  165B     1.72T  17.6  3.57 to  146   1.959  310×
  1e25          317B   175B to  579B     5.25T  16.6  3.13 to  166   1.911  3100×
  1e26         1.04T   525B to 2.03T     16.1T  15.5  2.78 to  186   1.880  31000×

Predicted loss
        N        D    loss  95 % interval
    70.0B    1.40T  1.9734  1.9412 to  2.0017
    8.00B    15.0T  2.0221  1.9000 to 10.2500`);
});

it('a bootstrap without failures says so, and a prediction needs no bootstrap', () => {
  const bootstrap = { ...BOOTSTRAP, kind: 'counts', failed: {}, interval: 'basic', confidence: 0.683 } as const;
  const text = toText(FIT, reportFrontier(FIT), { bootstrap });
  expect(text).toContain('\n  Kind       counts: runs as often as was given\n');
  expect(text).toContain('\n  Failed     none\n' +
    '  Intervals  basic: quantiles of the resamples, reflected about the fit\n');
  expect(text).toContain('  std. error  68.3 % interval\n');
  expect(toText(BROKEN, [], { predict: [{ N: 7e10, D: 1.4e12 }] })).toMatch(
    /\nPredicted loss \(the certificate fails\)\n {8}N {8}D {4}loss\n {4}70\.0B {4}1\.40T {5}NaN\n$/);
});

it('stays within 100 columns, without colour codes or trailing spaces', () => {
  const sweep = `${'a long name, '.repeat(12)}runs.csv`;
  const bootstrap = { ...BOOTSTRAP, confidence: 0.999 };
  const beside = { bootstrap, predict: BOOTSTRAP.predictions.map(({ N, D }) => ({ N: N!, D: D! })) };
  const lines = toText({ ...FIT, sweep, starts: '64' }, reportFrontier(FIT), beside).split('\n');
  expect(lines.filter((line) => line.length > 100 || /[^\P{C}\n]|\s$/u.test(line))).toEqual([]);
});
