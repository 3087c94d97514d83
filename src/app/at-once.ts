/** Fits near the one on the screen, made in the page itself where they take no time: no other thread is waited for then, and one frame shows them. */
import type { Sweep } from '../index.ts';
import type { FitRequest } from './fitting.ts';
import type { Before, NearFit } from './near.ts';
import { takeTurn } from './turns.ts';

/** Milliseconds that nobody feels. */
const UNFELT = 20;

/** Loaded once there is a fit, and where it is quick. */
let code: typeof import('./near.ts') | undefined;
/** The fit on the screen. */
let before: Before | undefined;
/** The table and the settings that such fits are known to be quick for. */
let quick: Pick<Before, 'of' | 'request'> | undefined;

export function remember(fit: Before): void {
  before = fit;
}

/** Nothing where it is not known to be quick, or there is none: the worker may have one. */
export function fitAtOnce(of: Sweep, request: FitRequest): NearFit | undefined {
  if (quick?.of !== of || JSON.stringify(quick.request.fit) !== JSON.stringify(request.fit)) return undefined;
  const near = code?.fitNear(before, of, request);
  if (near) before = { of, request, ...near };
  return near;
}

/** Such a fit of this table by these settings takes the worker so long, ms. */
export async function prepare(ms: number, of: Sweep, request: FitRequest): Promise<void> {
  if (ms > UNFELT) return;
  quick = { of, request };
  if (code) return;
  const loaded = await import('./near.ts').catch(() => undefined); // without a network the worker does it
  if (!loaded) return;
  for (let k = 0; k < loaded.REHEARSALS; k++) unseen(() => { if (before) loaded.rehearse(before, k); });
  unseen(() => {
    code = loaded;
    performance.mark('isoloss-prepared');
  });
}

/** When the page has nothing else to do. */
function unseen(work: () => void): void {
  takeTurn({ seen: () => false, work: async () => work() });
}
