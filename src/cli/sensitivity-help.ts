/** What `isoloss help sensitivity` prints. At most 100 columns wide. */
import { BACKEND, LOSS, OUT, REST, STARTS, TABLE } from './help-pieces.ts';

export const SENSITIVITY_HELP = `isoloss sensitivity [FILE|URL|-] [options]

How much the answer hangs on choices that the runs do not make: fits the same table with other
thresholds, other losses, without the highest losses, with the cheaper or the dearer runs only, with
N or D counted in another way, and by other laws; each with its certificate. It says what becomes of
alpha, beta, a, and of N, D and loss at the budget, and which choice moves each most, beside the
interval that the runs themselves leave. Without a table, the bundled replica.

What to read
${TABLE}

What to vary: each a list, or none
  --deltas LIST             Huber thresholds, nats; 1e-4,1e-2,0.1 if not given
  --losses LIST             losses: see isoloss help fit; if not given all but lower-log
  --drops LIST              how many runs of highest loss are left out; 1,5,10 if not given, as
                            far as at most one run in six goes
  --keep-below LIST         quantiles of C up to which runs are kept; 0.5,0.75 if not given
  --keep-above LIST         quantiles of C from which on; 0.25,0.5 if not given
  --count-as ROLE=COLUMN    N or D from another column: --count-as N=params_no_embedding.
                            Repeatable.
  --laws LIST               laws of two power terms of N and D; none if not given

The fit as given
  --budget FLOPS            of the optimum; 1e24 if not given
  --law LAW                 in place of Chinchilla's: see isoloss help fit
${LOSS}
${STARTS}
${BACKEND}
  --seed SEED               of the drawn starts; 0 if not given
  --confidence LEVEL        of the intervals; 0.95 if not given

What to print
  --json                    one JSON object instead of text
${OUT}
${REST}

Exit codes
  0    done; a choice that could not be made is no failure
  1    the table, the output or the backend cannot be used
  2    the command line cannot be used
  3    done, but the certificate of the fit as given fails
  130  stopped by Ctrl-C
`;
