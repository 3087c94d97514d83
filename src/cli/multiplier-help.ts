/** What `isoloss help multiplier` prints. At most 100 columns wide. */
import { BACKEND, FORMAT, LEAVE_OUT, LOSS, OUT, REST, STARTS, WHERE } from './help-pieces.ts';

export const MULTIPLIER_HELP = `isoloss multiplier A B [options]
isoloss multiplier FILE --group COLUMN [options]

Two sweeps against each other: how much less compute B needs than A for the same loss, and how many
tokens of A one of B is worth, with bootstrap intervals. Both are fitted by the same law, of two
power terms of N and D. Tokens are compared twice: as the two laws say at the same N, and as the
factor q of one law that both share with q*D in place of D for B; and it is said whether one q
says as much as two laws. Losses have to be of the same text and tokenizer in both.

What to compare
  A, B                      tables of runs, each a file, an http(s) address, or - ; A is the base
  --group COLUMN            the groups of one table by this column or role; each against the first
  --against NAME            against this group instead
  --columns ROLE=NAME,...   which column is which, in both: see isoloss help fit
${FORMAT}
${WHERE}
${LEAVE_OUT}
                            With two tables each loses its own K; --exclude goes with one table.

Where to compare
  --budget FLOPS            of B: --budget 1e21, or 1e19..1e22:4. Repeatable.
  --target-loss LOSS        nats per token: --target-loss 2.5. Repeatable.
                            With neither, five budgets over the compute that both have.

How the laws are fitted
  --law LAW                 in place of Chinchilla's: see isoloss help fit
${LOSS}
${STARTS}
${BACKEND}

How sure it is
  --bootstrap R             resamples of each sweep; 1000 if not given
  --tests R                 resamples of whether one q says it all; 200 if not given, 0 for none
  --confidence LEVEL        of the intervals; 0.95 if not given
  --seed SEED               of the resamples and the drawn starts; 0 if not given

What to print
  --json                    one JSON object instead of text; compute and tokens are there what A
                            needs over what B does: above 1 B needs less
${OUT}
${REST}

Exit codes
  0    done
  1    a table, the output or the backend cannot be used
  2    the command line cannot be used
  3    done, but the certificate of one of the fits fails
  130  stopped by Ctrl-C
`;
