/** What reports are made of in these tests: a sound fit, and one whose every text tries to be markup. */
import type { Replicates } from '../../src/stats/fits.ts';
import type { Bootstrap, Fit, Sweep } from '../../src/types.ts';
import { PARAMS, sampleFit, sampleSweep } from '../figures/sample.ts';
import { BOOTSTRAP } from '../report/fixture.ts';

/** Ends whatever it stands in, and then would run. */
export const HOSTILE = '</script></title></style></textarea>--><img src=x onerror="alert(1)">\'"&\u2028<script>alert(1)</script><!--<script>';

export const MADE = new Date('2026-02-03T04:05:06Z');

/** Fits about that of the sample, 12 of them, one of which is not finite. */
export const REPLICATES: Replicates = {
  natural: Float64Array.from(Array.from({ length: 12 }, (_, r) =>
    Object.values(PARAMS).map((value, p) => value * (1 + 0.003 * Math.sin(1 + 5 * r + p)))).flat()),
  objective: Float64Array.from({ length: 12 }, (_, r) => (r === 3 ? Infinity : 1e-3)),
  termination: new Uint8Array(12).fill(1),
};

export interface Sample {
  readonly sweep: Sweep;
  readonly fit: Fit;
  readonly bootstrap: Bootstrap;
}

export function sample(): Sample {
  const fit = { ...sampleFit(), objective: 1.25e-3, dropped: [{ reason: 'not loss<6', lines: [2, 3, 4, 9] }, { reason: 'none', lines: [] }] };
  return { sweep: sampleSweep({ mapping: { N: 'Model Size', D: 'Training Tokens', C: '6·N·D', loss: 'loss' } }), fit, bootstrap: BOOTSTRAP };
}

/** Every text that comes from a table, a file's name or a machine is HOSTILE. */
export function hostileSample(): Sample {
  const { fit, bootstrap } = sample();
  const texts = [HOSTILE, `another ${HOSTILE}`];
  return {
    sweep: sampleSweep({
      name: HOSTILE, notes: texts, warnings: texts, dropped: [{ reason: HOSTILE, lines: [7] }],
      mapping: { N: HOSTILE, D: HOSTILE, C: HOSTILE, loss: HOSTILE, weight: HOSTILE },
    }),
    fit: {
      ...fit, sweep: HOSTILE, notes: texts, warnings: texts, dropped: [{ reason: HOSTILE, lines: [7] }],
      backend: { name: 'gpu', adapter: HOSTILE },
      certificate: { ...fit.certificate, verdict: 'fail', reasons: texts, activeBounds: texts, outcomes: { [HOSTILE]: 1 } },
    },
    bootstrap: { ...bootstrap, failed: { [HOSTILE]: 3 } },
  };
}
