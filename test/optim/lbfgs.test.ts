import { describe, expect, it } from 'vitest';
import { lbfgs, LBFGS_DEFAULTS, type Differentiable } from '../../src/optim/lbfgs.ts';
import { worst } from '../support/close.ts';

/** Rosenbrock 1960, as scipy.optimize.rosen: minimum 0 at (1, …, 1). */
const rosenbrock: Differentiable = (x, gradient) => {
  let value = 0;
  gradient.fill(0);
  for (let i = 0; i + 1 < x.length; i++) {
    const bend = x[i + 1]! - x[i]! ** 2;
    value += 100 * bend * bend + (1 - x[i]!) ** 2;
    gradient[i]! += -400 * x[i]! * bend - 2 * (1 - x[i]!);
    gradient[i + 1]! += 200 * bend;
  }
  return value;
};

/** ½ Σ 10^i (x[i] − i)². */
const bowl: Differentiable = (x, gradient) => x.reduce((sum, value, i) => {
  gradient[i] = 10 ** i * (value - i);
  return sum + 0.5 * gradient[i]! * (value - i);
}, 0);

const scaled = (f: Differentiable, scale: number): Differentiable => (x, gradient) => {
  const value = f(x, gradient);
  gradient.forEach((slope, j) => { gradient[j] = scale * slope; });
  return scale * value;
};

// scipy 1.17.1, minimize(method='L-BFGS-B', jac=…): iterations, evaluations, f and what stopped it. The steps are the same but
// for the order of sums; a few dozen steps, each doubling what rounding left, keep f to 1e-8 of itself.
it.each<[string, number[], Differentiable, number, number, number, string]>([
  ['Rosenbrock', [-1.2, 1], rosenbrock, 36, 44, 2.8076498487712216e-12, 'decrease'],
  ['Rosenbrock', [1.3, 0.7, 0.8, 1.9, 1.2], rosenbrock, 24, 26, 1.3003448967631297e-12, 'decrease'],
  ['Rosenbrock', [3, -4], rosenbrock, 33, 42, 5.162275822834698e-14, 'gradient'],
  ['a bowl', [5, 5, 5, 5], bowl, 22, 24, 1.3023481402720297e-14, 'gradient'],
  ['Rosenbrock in small units', [-1.2, 1], scaled(rosenbrock, 1e-6), 2, 4, 4.127275523933022e-6, 'gradient'],
])('goes down %s as scipy does, from %j', (_, start, f, iterations, evaluations, value, end) => {
  const got = lbfgs(f, start);
  expect([got.iterations, got.evaluations, got.end]).toEqual([iterations, evaluations, end]);
  expect(Math.abs(got.value / value - 1)).toBeLessThan(1e-8);
});

it('steps as the strong Wolfe conditions ask', () => {
  const { path } = lbfgs(rosenbrock, [-1.2, 1]);
  const at = path.map((x) => {
    const gradient = new Float64Array(2);
    return { x, value: rosenbrock(x, gradient), gradient };
  });
  const along = (k: number, gradient: Float64Array) => gradient.reduce((sum, slope, j) => sum + slope * (at[k + 1]!.x[j]! - at[k]!.x[j]!), 0);
  for (let k = 0; k + 1 < at.length; k++) {
    const before = along(k, at[k]!.gradient);
    expect(before).toBeLessThan(0);
    expect(at[k + 1]!.value).toBeLessThanOrEqual(at[k]!.value + 1e-3 * before);
    expect(Math.abs(along(k, at[k + 1]!.gradient))).toBeLessThanOrEqual(-0.9 * before);
  }
});

describe('the unit of f', () => {
  it('changes no step, only when it stops', () => {
    const whole = lbfgs(rosenbrock, [-1.2, 1]);
    const small = lbfgs(scaled(rosenbrock, 2 ** -20), [-1.2, 1]); // a power of two: not even the rounding differs
    expect(small.iterations).toBeLessThan(whole.iterations / 4);
    expect(small.path).toEqual(whole.path.slice(0, small.path.length));
    expect(rosenbrock(small.x, new Float64Array(2))).toBeGreaterThan(1);
  });

  it('does not matter where the tests follow it', () => {
    const tests = { decrease: 0, gradient: LBFGS_DEFAULTS.gradient * 2 ** -20 };
    const small = lbfgs(scaled(rosenbrock, 2 ** -20), [-1.2, 1], tests);
    expect(rosenbrock(small.x, new Float64Array(2))).toBeLessThan(1e-9);
  });
});

it('finds the minimum of a bowl to the digits that are left when nothing stops it', () => {
  const { x } = lbfgs(bowl, [5, -5, 5, -5], { decrease: 0, gradient: 0 });
  // f resolves x to √ε of its width; the narrowest is 1e-1.5, the widest 1.
  const { ratio, where } = worst(x, [0, 1, 2, 3], [1e-7, 1e-7, 1e-7, 1e-7]);
  expect(ratio, where).toBeLessThan(1);
});

describe('it ends', () => {
  it('at once where the gradient is flat', () => {
    expect(lbfgs(bowl, [0, 1, 2])).toMatchObject({ iterations: 0, evaluations: 1, value: 0, end: 'gradient' });
  });

  it('at the limit of iterations, with all points on its way', () => {
    const { path, end, iterations, x } = lbfgs(rosenbrock, [-1.2, 1], { iterations: 3 });
    expect([end, iterations, path.length]).toEqual(['iterations', 3, 4]);
    expect(path[3]).toBe(x);
    expect([...path[0]!]).toEqual([-1.2, 1]);
  });

  it('where it starts, if f is not finite there', () => {
    const start = Float64Array.of(1, 2);
    const got = lbfgs((_, gradient) => { gradient.fill(NaN); return NaN; }, start);
    expect(got).toMatchObject({ iterations: 0, evaluations: 1, end: 'search' });
    expect([...got.x]).toEqual([1, 2]);
  });

  it('where no step along the steepest descent helps', () => {
    const lying: Differentiable = (x, gradient) => { gradient[0] = 1; return -x[0]!; }; // the gradient has the wrong sign
    expect(lbfgs(lying, [1])).toMatchObject({ iterations: 0, end: 'search' });
  });
});
