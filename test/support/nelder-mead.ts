/**
 * A minimum found without derivatives, to compare with: the simplex of Nelder and Mead 1965, with the coefficients of Gao and
 * Han 2012 for more than a few dimensions, begun anew where it ended until that no longer helps.
 */
export interface Found {
  readonly x: readonly number[];
  readonly value: number;
}

interface Options {
  /** Length of the first simplex along each coordinate. Default 0.2. */
  readonly step?: number;
  /** Evaluations at most, of all simplices. Default 20,000. */
  readonly most?: number;
}

export function nelderMead(f: (x: readonly number[]) => number, start: readonly number[], { step = 0.2, most = 20_000 }: Options = {}): Found {
  const spent = { evaluations: 0 };
  const hasTime = () => spent.evaluations < most;
  const measured = (x: readonly number[]): Found => {
    spent.evaluations++;
    const value = f(x);
    return { x, value: Number.isFinite(value) ? value : Infinity };
  };
  let best = measured(start);
  for (let size = step; size > 1e-6 && hasTime();) {
    const before = best.value;
    best = simplex(measured, best, size, hasTime);
    if (before - best.value <= 1e-9 * before) size /= 4;
  }
  return best;
}

function simplex(measured: (x: readonly number[]) => Found, best: Found, size: number, hasTime: () => boolean): Found {
  const order = best.x.length;
  const [expand, contract, shrink] = [1 + 2 / order, 0.75 - 1 / (2 * order), 1 - 1 / order];
  let corners = [best, ...best.x.map((value, j) => measured(best.x.with(j, value + size)))];
  while (hasTime()) {
    corners = corners.toSorted((p, q) => p.value - q.value);
    const [low, worst] = [corners[0]!, corners[order]!];
    if (worst.value - low.value <= 1e-12 * Math.abs(low.value)) break;
    const middle = low.x.map((_, j) => corners.slice(0, order).reduce((sum, { x }) => sum + x[j]! / order, 0));
    const along = (t: number) => measured(middle.map((value, j) => value + t * (value - worst.x[j]!)));
    const reflected = along(1);
    if (reflected.value < low.value) {
      const farther = along(expand);
      corners[order] = farther.value < reflected.value ? farther : reflected;
    } else if (reflected.value < corners[order - 1]!.value) corners[order] = reflected;
    else {
      const nearer = along(reflected.value < worst.value ? contract : -contract);
      if (nearer.value < Math.min(reflected.value, worst.value)) corners[order] = nearer;
      else corners = [low, ...corners.slice(1).map(({ x }) => measured(low.x.map((value, j) => value + shrink * (x[j]! - value))))];
    }
  }
  return corners.reduce((least, corner) => (corner.value < least.value ? corner : least));
}
