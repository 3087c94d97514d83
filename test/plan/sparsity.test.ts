import { describe, expect, it } from 'vitest';
import { minimise } from '../../src/math/minimise.ts';
import { SPARSITY } from '../../src/paper/abnar.ts';
import { bestSparsity, optimumAtSparsity, sparseLoss } from '../../src/plan/sparsity.ts';
import { refused } from './refusals.ts';
import { off, POWERS } from './sardana.ts';

/** The law, written again, with the tokens that the compute leaves. */
function lossAt(N: number, S: number, C: number): number {
  const D = C / (6 * (1 - S) * N);
  return 16_612.5 * N ** -0.5962 + 5455.67 * D ** -0.3954 + 0.4598 * (1 - S) ** 0.1666 + 17.26 * (1 - S) ** -0.1603 * N ** -0.1595 + 0.94;
}

describe('the best size of a sparsity', () => {
  it.each([0, 0.5, 0.95])('at %f is the lowest of the curve', (S) => {
    const model = optimumAtSparsity(SPARSITY, 1e21, S)!;
    expect(off(model.loss, lossAt(model.N, S, 1e21))).toBeLessThan(POWERS);
    expect(off(6 * model.active * model.D, 1e21)).toBeLessThan(POWERS);
    expect(off(model.active, (1 - S) * model.N)).toBeLessThan(POWERS);
    // The curve is flat there: its rounding, 1e-16, hides 1e-8 and more of log N.
    const { x } = minimise((logN) => lossAt(Math.exp(logN), S, 1e21), Math.log(1e6), Math.log(1e14));
    expect(Math.abs(Math.log(model.N) - x)).toBeLessThan(1e-6);
  });

  it('costs less to serve where it is sparser, and has less loss', () => {
    const models = [0, 0.5, 0.9, 0.98].map((S) => optimumAtSparsity(SPARSITY, 1e21, S)!);
    for (const of of [(k: number) => models[k]!.active, (k: number) => models[k]!.loss]) {
      for (let k = 1; k < models.length; k++) expect(of(k)).toBeLessThan(of(k - 1));
    }
  });
});

describe('the best sparsity of a size', () => {
  it.each([[1e10, 1e21], [1e11, 1e22], [1e12, 1e24]])('of %d parameters for %d FLOPs is the lowest of the curve', (N, C) => {
    const model = bestSparsity(SPARSITY, C, N)!;
    expect(off(model.loss, lossAt(N, model.sparsity, C))).toBeLessThan(POWERS);
    const { x } = minimise((logU) => lossAt(N, 1 - Math.exp(logU), C), Math.log(1e-6), 0);
    expect(Math.abs(Math.log1p(-model.sparsity) - x)).toBeLessThan(1e-6);
  });

  it('rises with the size and falls with the compute', () => {
    const at = (N: number, C: number) => bestSparsity(SPARSITY, C, N)!.sparsity;
    expect(at(1e11, 1e22)).toBeGreaterThan(at(1e10, 1e22));
    expect(at(1e11, 1e24)).toBeLessThan(at(1e11, 1e22));
  });

  it('is 0 where the compute is plenty for the size', () => {
    expect(bestSparsity(SPARSITY, 1e24, 1e9)!.sparsity).toBe(0);
    expect(lossAt(1e9, 0.01, 1e24)).toBeGreaterThan(lossAt(1e9, 0, 1e24));
  });
});

refused([
  ['sparsity', () => optimumAtSparsity(SPARSITY, 1e21, 1), 'expected a share of the parameters from 0 to below 1, got 1. Write 95 % as 0.95.'],
  ['compute', () => bestSparsity(SPARSITY, 0, 1e9), 'expected positive training FLOPs such as 1e21, got 0.'],
  ['N', () => bestSparsity(SPARSITY, 1e21, NaN), 'expected positive parameters such as 7e9, got NaN.'],
  ['D', () => sparseLoss(SPARSITY, { N: 1, D: 0 }, 0), 'expected positive training tokens such as 1e12, got 0.'],
]);
