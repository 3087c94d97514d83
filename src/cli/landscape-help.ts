/** What `isoloss help landscape` prints. At most 100 columns wide. */

export const LANDSCAPE_HELP = `isoloss landscape [FILE|URL|-] [options]

Fits a table as isoloss fit does and shows how the objective rises about the minimum: over two
parameters, or along one, with all others fitted again in every cell. A wide valley is a
combination of parameters that the runs do not tell apart.

Prints CSV, a row a cell: the parameters of the axes, the objective, its excess over the fit
(objective/minimum - 1), and the other parameters. Without a table, the bundled replica.

Over what
  --over PARAMETERS         two parameters: alpha,beta (default) or a,E, with a of N_opt ~ C^a;
                            or one of E, alpha, beta and a: a profile. Of chinchilla-tied alpha,E,
                            or E or alpha; of chinchilla-gamma alpha,beta or gamma,E, or one of E,
                            alpha, beta and gamma; of kaplan alpha_N,alpha_D, or one of them
  --cells N                 cells along each axis, 2 to 501; 41 if not given
  --range NAME=LOW:HIGH     ends of an axis: --range alpha=0.2:0.5. If not given, about the
                            minimum by up to 6 standard errors of the sandwich covariance.
                            Repeatable.

What to read: see isoloss help fit
  --columns ROLE=NAME,...   which column is which
  --format FORMAT           csv, tsv, json, jsonl or parquet, where it is not seen
  --where CONDITION         keep the runs for which it holds: --where "C<1e21". Repeatable.
  --exclude LINES           then leave out the runs on these lines (JSON and Parquet: rows) of the
                            table: --exclude 12,15-18. Repeatable.
  --drop-highest K          then leave out the K runs of highest loss

How to fit
  --law LAW                 the law: see isoloss help fit
  --loss LOSS               what is minimised: see isoloss help fit
  --delta DELTA             threshold of the losses that have one, nats; 1e-3 if not given
  --envelope SHARE          of --loss lower-log: see isoloss help fit
  --fix NAME=VALUE,...      hold these parameters: --fix alpha=0.34,beta=0.28. Repeatable.
  --starts paper|auto|N     auto (default): 32 starts drawn from the data; N: so many of them;
                            paper: the 4500 of Hoffmann et al. 2022
  --screen K                descend only the K best of the starts
  --seed SEED               of the drawn starts; 0 if not given
  --backend auto|gpu|cpu    auto (default): a hardware GPU where there is one, else the CPU

What to print
  --json                    one JSON object instead of CSV
  -o, --out FILE            write the result to FILE, as JSON with --json or if it ends in .json
  -q, --quiet               no progress and no remarks on standard error, only errors
  -h, --help                this text
  --version                 the version of isoloss

Exit codes
  0    done, and the certificate of the fit passes
  1    the table, the output or the backend cannot be used
  2    the command line cannot be used
  3    done, but the certificate of the fit fails
  130  stopped by Ctrl-C
`;
