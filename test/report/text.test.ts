import { expect, it } from 'vitest';
import { reportFrontier } from '../../src/report/frontier.ts';
import { toText } from '../../src/report/text.ts';
import { BROKEN, FIT } from './fixture.ts';

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
  Starts     4,500 descended, from the paper's grid
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

it('stays within 100 columns, without colour codes or trailing spaces', () => {
  const sweep = `${'a long name, '.repeat(12)}runs.csv`;
  const lines = toText({ ...FIT, sweep, starts: '64' }, reportFrontier(FIT)).split('\n');
  expect(lines.filter((line) => line.length > 100 || /[^\P{C}\n]|\s$/u.test(line))).toEqual([]);
});
