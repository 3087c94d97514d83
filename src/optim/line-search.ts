/**
 * Moré and Thuente's line search: a step t that meets the strong Wolfe conditions on φ(t) = f(x + t·d), φ′(0) < 0,
 *
 *   φ(t) ≤ φ(0) + 1e-3·t·φ′(0)   and   |φ′(t)| ≤ 0.9·|φ′(0)|
 *
 * Two ends close in on it, the better one first. A step comes from the cubic and the parabola through the ends, in four
 * cases, so guarded that the interval shrinks. Constants and guards are those of MINPACK-2's dcsrch, which scipy's
 * L-BFGS-B calls: the steps are to be the same.
 * Moré and Thuente 1994, "Line search algorithms with guaranteed sufficient decrease", ACM TOMS 20(3).
 */

/** φ and its slope at one step. */
export interface Trial {
  readonly step: number;
  readonly value: number;
  readonly slope: number;
}

const DECREASE = 1e-3;
const CURVATURE = 0.9;
/** An interval narrower than this share of its upper end is not searched further. */
const NARROW = 0.1;
const TRIALS = 20;
const FARTHEST = 1e10;
/** An interval must shrink to this share in two trials, and a step stays within this share of the way to the far end. */
const SHRINK = 0.66;
/** While nothing brackets a minimum, the next step is this many times the last stretch farther. */
const STRETCH = [1.1, 4] as const;

interface Ends {
  readonly best: Trial;
  readonly other: Trial;
  readonly bracketed: boolean;
}

/** The trial that is accepted, `first` the first; undefined where twenty do not find it, or φ is not finite. */
export function lineSearch(tryStep: (step: number) => Trial, start: Trial, first: number): Trial | undefined {
  const least = DECREASE * start.slope;
  let ends: Ends = { best: start, other: start, bracketed: false };
  let [low, high, step] = [0, first + STRETCH[1] * first, first];
  let [width, widthBefore] = [FARTHEST, 2 * FARTHEST];
  let descending = true; // no step yet was low enough and rising
  for (let k = 0; k < TRIALS; k++) {
    const at = tryStep(step);
    if (!Number.isFinite(at.value + at.slope)) return undefined;
    const enough = at.value <= start.value + step * least;
    if (enough && at.slope >= 0) descending = false;
    const cornered = ends.bracketed && (step <= low || step >= high || high - low <= NARROW * high);
    if (cornered || (enough && Math.abs(at.slope) <= -CURVATURE * start.slope)) return at;

    // Until then φ less the line of sufficient decrease is searched, whose minimum has enough of it.
    const tilt = descending && !enough && at.value <= ends.best.value ? least : 0;
    [ends, step] = narrowed(ends, at, tilt, low, high);
    const { best, other, bracketed } = ends;
    if (bracketed) {
      const next = Math.abs(other.step - best.step);
      if (next >= SHRINK * widthBefore) step = best.step + 0.5 * (other.step - best.step);
      [widthBefore, width] = [width, next];
      [low, high] = [Math.min(best.step, other.step), Math.max(best.step, other.step)];
      if (step <= low || step >= high || high - low <= NARROW * high) step = best.step;
    } else {
      [low, high] = [step + STRETCH[0] * (step - best.step), step + STRETCH[1] * (step - best.step)];
      step = Math.min(step, FARTHEST);
    }
  }
  return undefined;
}

/** The ends with a trial between or beyond them taken in, and the next step. */
function narrowed(ends: Ends, at: Trial, tilt: number, low: number, high: number): [Ends, number] {
  const tilted = ({ step, value, slope }: Trial): Trial => ({ step, value: value - step * tilt, slope: slope - tilt });
  const [best, other, p] = [ends.best, ends.other, at].map(tilted);
  const rises = p.value > best.value;
  const turns = p.slope * Math.sign(best.slope) < 0;
  const bracketed = ends.bracketed || rises || turns;
  const next: Ends = rises ? { ...ends, other: at, bracketed } : { best: at, other: turns ? ends.best : ends.other, bracketed };
  if (rises) return [next, nearer(best.step, cubic(best, p), parabola(best, p))];
  const secant = p.step + (p.slope / (p.slope - best.slope)) * (best.step - p.step);
  if (turns) return [next, farther(p.step, cubic(p, best), secant)];
  const outward = p.step > best.step;
  if (Math.abs(p.slope) < Math.abs(best.slope)) {
    const reach = beyond(p, best) ?? (outward ? high : low);
    if (!ends.bracketed) return [next, clamp(farther(p.step, reach, secant), low, high)];
    const limit = p.step + SHRINK * (other.step - p.step);
    const step = Math.abs(reach - p.step) < Math.abs(secant - p.step) ? reach : secant;
    return [next, outward ? Math.min(limit, step) : Math.max(limit, step)];
  }
  return [next, ends.bracketed ? cubic(p, other) : outward ? high : low];
}

/** The minimum of the cubic through two trials. */
function cubic(from: Trial, to: Trial): number {
  return from.step + cubicShare(from, to) * (to.step - from.step);
}

/** The same where it lies on the far side of `from`, seen from `to`; undefined where it does not, or there is none. */
function beyond(from: Trial, to: Trial): number | undefined {
  const share = cubicShare(from, to);
  return share < 0 ? from.step + share * (to.step - from.step) : undefined;
}

/** Where the cubic through two trials has its minimum, 0 at the one and 1 at the other; NaN where it has none. */
function cubicShare(from: Trial, to: Trial): number {
  const theta = (3 * (from.value - to.value)) / (to.step - from.step) + from.slope + to.slope;
  const scale = Math.max(Math.abs(theta), Math.abs(from.slope), Math.abs(to.slope));
  const gamma = Math.sign(to.step - from.step) * scale *
    Math.sqrt((theta / scale) ** 2 - (from.slope / scale) * (to.slope / scale));
  return (gamma - from.slope + theta) / (gamma - from.slope + gamma + to.slope);
}

/** The minimum of the parabola through two trials and the slope of the first. */
function parabola(from: Trial, to: Trial): number {
  const stretch = to.step - from.step;
  return from.step + (from.slope / ((from.value - to.value) / stretch + from.slope) / 2) * stretch;
}

/** The cubic's step where it is the nearer of the two, else half-way to it. */
function nearer(from: number, cubicStep: number, other: number): number {
  return Math.abs(cubicStep - from) <= Math.abs(other - from) ? cubicStep : cubicStep + (other - cubicStep) / 2;
}

function farther(from: number, cubicStep: number, secant: number): number {
  return Math.abs(cubicStep - from) > Math.abs(secant - from) ? cubicStep : secant;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
