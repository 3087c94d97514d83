/** What `isoloss help emergence` prints. At most 100 columns wide. */
import { ASKED_LAW } from './help-pieces.ts';

export const EMERGENCE_HELP = `isoloss emergence [FILE|URL|-] [options]

Emergence or mirage: reads one curve of the loss with different rulers, and says under which of
them the same models look smooth and under which they look like a jump. Fits a table as isoloss fit
does, or takes a law that is given; without a table, the bundled replica. The loss is taken as that
of the tokens of the right answer: p = exp(-loss) for each token, independently. After Schaeffer et
al. 2023. With --bootstrap or --interval sandwich every reading and score has an interval.

Which models
  --budgets LIST            the compute-optimal models for so many training FLOPs: 1e18..1e26:9 if
                            not given. At least three, evenly apart.
  --sizes LIST              models of so many parameters: --sizes 50M..16B:9, with one of
  --tokens-per-parameter R  D/N of each of them, or
  --train-tokens TOKENS     D of all of them
  --floor LOSS              least loss of the task, in place of the law's E: 0 where there is but
                            one right answer, as in arithmetic. If not given, the law's own loss.

Which rulers, beside loss and per-token accuracy
  --tokens K                exact match of K tokens, and their edit distance: --tokens 5,30.
                            Repeatable; 5 if not given.
  --choices K               multiple choice of K options, graded and as Brier score; 4 if not given
  --error ID|EPSILON,KAPPA,GAMMA
                            also the error epsilon - kappa e^(-gamma L): gadre-c4, gadre-redpajama
                            or gadre-refinedweb (Gadre et al. 2024, Table 6), or three numbers
  --items N                 also what a test of N items can show: its noise, and how likely it is to
                            show zero

${ASKED_LAW}

Exit codes
  0    done, and the certificate of the fit passes
  1    the table, the law, the output or the backend cannot be used
  2    the command line cannot be used
  3    done, but the certificate of the fit fails
  130  stopped by Ctrl-C: once the fit is done, what there is is printed; a second one ends at once
`;
