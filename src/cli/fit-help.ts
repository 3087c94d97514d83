/** What `isoloss help fit` prints. At most 100 columns wide. */

export const FIT_HELP = `isoloss fit [FILE|URL|-] [options]

Fits a law, L(N, D) = E + A/N^alpha + B/D^beta if no other is asked for, to a table of training
runs and prints it, a certificate that says how far the minimum can be trusted, and the
compute-optimal N and D.

The table is CSV, TSV, JSON, JSON Lines or Parquet, plain or gzipped: a file, an http(s)
address, or - for standard input. Without one, a synthetic replica of the Chinchilla sweep.
Its columns are recognised by name: N (params, "Model Size", ...), D (tokens, ...), C (flops,
compute, ...), loss (final_loss, val_loss, ...) in nats per token, and weight. Two of N, D
and C are enough: C = 6ND. Counts may be written 70B, 1.4T, 6.9e9 or 1,000,000.

What to read
  --columns ROLE=NAME,...   which column is which, where the names do not say it:
                            --columns "N=Model Size,loss=final_loss". Roles: N, D, C, loss,
                            weight. An empty name (weight=) leaves a role out. A name may hold
                            commas and =, but for a comma with a word and = after it. Repeatable.
  --format FORMAT           csv, tsv, json, jsonl or parquet, where it is not seen
  --where CONDITION         keep the runs for which it holds: --where "C<1e21". Compares N, D,
                            C, D/N or loss by < <= > >= = != with a number. Repeatable.
  --exclude LINES           then leave out the runs on these lines (JSON and Parquet: rows) of the
                            table: --exclude 12,15-18. Repeatable.
  --drop-highest K          then leave out the K runs of highest loss

How to fit
  --law LAW                 chinchilla (default): E + A/N^alpha + B/D^beta
                            chinchilla-allocation: the same by the exponent a of N_opt ~ C^a
                            chinchilla-tied: with beta = alpha, the law of over-training
                            chinchilla-gamma: E + (A/N^alpha + B/D^beta)^gamma
                            kaplan: ((N_c/N)^(alpha_N/alpha_D) + D_c/D)^alpha_D
  --loss LOSS               what is summed over the runs, r = log(L of the law) - log L:
                            huber-log (default): r^2/2 up to DELTA, linear beyond;
                            absolute-log: |r|; squares-log: r^2;
                            huber, squares: these of the loss itself, r = L of the law - L;
                            lower-log: huber-log, times SHARE for runs above the law and 1 - SHARE
                            below it: a lower envelope of the runs
  --delta DELTA             threshold of the losses that have one, nats; 1e-3 if not given
  --envelope SHARE          of lower-log: about the share of the runs that end below the law; 0.1 if
                            not given
  --fix NAME=VALUE,...      hold these parameters: --fix alpha=0.34,beta=0.28. Repeatable.
  --starts paper|auto|N     auto (default): 32 starts drawn from the data; N: so many of them;
                            paper: the 4500 of Hoffmann et al. 2022, a grid for each other law
  --screen K                descend only the K best of the starts
  --seed SEED               of the drawn starts and resamples; 0 if not given
  --backend auto|gpu|cpu    auto (default): a hardware GPU where there is one, else the CPU

How sure it is
  --bootstrap R             fit R resamples too: standard errors, and intervals of parameters,
                            exponents, frontier and predictions
  --bootstrap-kind KIND     pairs (default): draws runs; cluster: draws clusters of runs;
                            residual, wild, parametric: keep the runs and draw their losses about
                            the fit, with residuals of all, its own of random sign, or normal
  --cluster COLUMN          draw clusters: runs alike in this column are drawn together; N or size:
                            runs of one model size
  --counts FILE             take these resamples: a row each, a count for each run of the table,
                            filtered ones too; raw bytes, or text with a line a row
  --resample-starts auto|paper|K
                            every resample starts from the optimum, and: auto (default): from 8
                            starts drawn from the data, where a probe of some resamples finds lower
                            minima from such; K: from K of them, with 0 the optimum alone; paper:
                            from the paper's 4500
  --interval KIND           percentile (default) of the resamples; basic: reflected about the fit;
                            bca: corrected for bias and skewness, by a fit without each run;
                            sandwich: from the covariance of the fit at its minimum, which takes
                            the runs as independent: at once, needs no --bootstrap
  --confidence LEVEL        of the intervals; 0.95 if not given
  --influence               leave out each run once, or each cluster of --cluster, and show which
                            of them change the exponents and the allocation most

What to print
  --predict N=70B,D=1.4T    also the loss of this model, with an interval where there are any.
                            Repeatable.
  --json                    one JSON object instead of text
  -o, --out FILE            write the result to FILE, as JSON with --json or if it ends in .json, as
                            a page with charts that opens without a network if in .html
  -q, --quiet               no progress and no remarks on standard error, only errors
  -h, --help                this text
  --version                 the version of isoloss

Exit codes
  0    fitted, and the certificate passes
  1    the table, the output or the backend cannot be used
  2    the command line cannot be used
  3    fitted, but the certificate fails
  130  stopped by Ctrl-C: once the fit is done, what there is is printed; a second one ends at once
`;
