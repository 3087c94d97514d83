/** Fits near the one on the screen, made in the page itself where they take no time: no other thread is waited for then, and one frame shows them. */
import type { Sweep } from '../index.ts';
import type { FitRequest, NearFit } from './fitting.ts';
import { fitNear, isOfSame, rehearse, REHEARSALS, type Before } from './near.ts';
import { takeTurn } from './turns.ts';

/** Milliseconds that nobody feels. */
const UNFELT = 20;

/** The fit on the screen. */
let before: Before | undefined;
/** The table, the settings and the most runs that such fits are known to be quick for. */
let quick: Pick<Before, 'of' | 'request'> & { readonly most: number } | undefined;
/** They were tried, so that their code is compiled. */
let prepared = false;

export function remember(fit: Before): void {
  before = fit;
}

/** Nothing where it is not known to be quick, or there is none: the worker may have one. */
export function fitAtOnce(of: Sweep, request: FitRequest): NearFit | undefined {
  if (!prepared || !isOfSame(quick, of, request)) return undefined;
  try {
    const near = fitNear(before, of, request, quick!.most);
    if (near) before = { of, request, ...near };
    return near;
  } catch (error) {
    reportError(error); // the fit of all starts is not lost with it
    return undefined;
  }
}

/** Such a fit of so many runs of this table by these settings took the worker so long, ms. */
export function prepare(ms: number, runs: number, of: Sweep, request: FitRequest): void {
  quick = ms > UNFELT ? undefined : { of, request, most: 2 * runs };
  if (!quick || prepared) return;
  for (let k = 0; k < REHEARSALS; k++) unseen(() => tryOne(k));
  unseen(() => { prepared = true; });
}

function tryOne(k: number): void {
  if (before && isOfSame(quick, before.of, before.request) && before.lines.length <= quick!.most) rehearse(before, k);
}

/** When the page has nothing else to do. */
function unseen(work: () => void): void {
  takeTurn({ seen: () => false, work: async () => work() });
}
