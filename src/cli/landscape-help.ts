/** What `isoloss help landscape` prints. At most 100 columns wide. */
import { lawAxes, lawIds, lawPairs } from '../laws/registry.ts';
import { table } from '../report/layout.ts';
import { BACKEND, LOSS, OUT, REST, STARTS, TABLE } from './help-pieces.ts';

/** What --over takes, by law. */
const OVER = table([
  ['l', 'law', lawIds],
  ['l', 'two parameters', lawIds.map((id) => lawPairs(id).join(' '))],
  ['l', 'one', lawIds.map((id) => lawAxes(id).join(' '))],
]).map((line) => `    ${line}`).join('\n');

export const LANDSCAPE_HELP = `isoloss landscape [FILE|URL|-] [options]

Fits a table as isoloss fit does and shows how the objective rises about the minimum: over two
parameters, or along one, with all others fitted again in every cell. A wide valley is a
combination of parameters that the runs do not tell apart.

Prints CSV, a row a cell: the parameters of the axes, the objective, its excess over the fit
(objective/minimum - 1), and the other parameters. Without a table, the bundled replica.

Over what
  --over PARAMETERS         two parameters, or one: a profile; the first two of the law if not
                            given; a that is no parameter of the law is that of N_opt ~ C^a:
${OVER}
  --cells N                 cells along each axis, 2 to 501; 41 if not given
  --range NAME=LOW:HIGH     ends of an axis: --range alpha=0.2:0.5. If not given, about the
                            minimum by up to 6 standard errors of the sandwich covariance.
                            Repeatable.

What to read: see isoloss help fit
${TABLE}

How to fit
  --law LAW                 the law: see isoloss help fit
${LOSS}
${STARTS}
  --seed SEED               of the drawn starts; 0 if not given
${BACKEND}

What to print
  --json                    one JSON object instead of CSV
${OUT}
${REST}

Exit codes
  0    done, and the certificate of the fit passes
  1    the table, the output or the backend cannot be used
  2    the command line cannot be used
  3    done, but the certificate of the fit fails
  130  stopped by Ctrl-C
`;
