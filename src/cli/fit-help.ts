/** What `isoloss help fit` prints. At most 100 columns wide. */
import { BACKEND, FORMAT, LEAVE_OUT, OUT, PINS, REST, STARTS } from './help-pieces.ts';

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
                            weight, and what some laws read: x, U, P_w, P_a, P_kv, S, experts, G.
                            An empty name (weight=) leaves a role out. A name may hold
                            commas and =, but for a comma with a word and = after it. Repeatable.
${FORMAT}
  --where CONDITION         keep the runs for which it holds: --where "C<1e21". Compares N, D,
                            C, D/N, loss, another role (U=100M) or a column (lr<1e-3) by
                            < <= > >= = != with a number, a column also by = and != with a text:
                            --where corpus=c4. Repeatable.
${LEAVE_OUT}

How to fit
  --law LAW                 chinchilla (default): E + A/N^alpha + B/D^beta
                            chinchilla-allocation: the same by the exponent a of N_opt ~ C^a
                            chinchilla-tied: with beta = alpha, the law of over-training
                            chinchilla-gamma: E + (A/N^alpha + B/D^beta)^gamma
                            kaplan: ((N_c/N)^(alpha_N/alpha_D) + D_c/D)^alpha_D
                            overtraining: E + (a_M*M^eta + b_M*M^-eta)/C^eta with M = D/N
                            power: E + A/x^alpha of the column --columns x=NAME
                            data-constrained: E + A/N_R^alpha + B/D_R^beta, repetition counts less;
                            reads unique tokens U
                            precision: of N*Prod (1 - exp(-P/gamma)); reads bits P_w, P_a, P_kv
                            moe: E + (g/G^gamma + A)/N^alpha + B/D^beta; reads granularity G
                            moe-experts: 10^(a*log N + b*log Ê + c*log N*log Ê + d); reads experts
                            sparsity: E + A/N^alpha + B/D^beta + C/(1-S)^lambda
                            + G/((1-S)^delta*N^gamma); reads sparsity S
  --loss LOSS               what is summed over the runs, r = log(L of the law) - log L:
                            huber-log (default): r^2/2 up to DELTA, linear beyond;
                            absolute-log: |r|; squares-log: r^2;
                            huber, squares: these of the loss itself, r = L of the law - L;
                            lower-log: huber-log, times SHARE for runs above the law and 1 - SHARE
                            below it: a lower envelope of the runs
  --delta DELTA             threshold of the losses that have one, nats; 1e-3 if not given
  --envelope SHARE          of lower-log: about the share of the runs that end below the law; 0.1 if
                            not given
${PINS}
  --group COLUMN            one law of several groups of runs, those alike in this column, or in
                            this role (U, ...): each has its own parameters, E[web] of the runs
                            that say web, but for
  --share NAME,...          those that all groups share: --share alpha,beta; none: no parameter. At
                            most 16 of all groups together; --fix and --bound take E[web]=1.7 too
${STARTS}
  --seed SEED               of the drawn starts and resamples; 0 if not given
${BACKEND}

How sure it is
  --bootstrap R             fit R resamples too: standard errors, and intervals of parameters,
                            exponents, frontier and predictions
  --bootstrap-kind KIND     pairs (default): draws runs; cluster: draws clusters of runs;
                            residual, wild, parametric: keep the runs and draw their losses about
                            the fit, with residuals of all, its own of random sign, or normal;
                            runs and residuals of groups (--group) are drawn within each
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
  --predict N=70B,D=1.4T    also the loss of this model, with an interval where there are any; with
                            what else the law reads: x=1e9, or N=8B,D=1T,U=100B. Repeatable.
  --json                    one JSON object instead of text
${OUT}
${REST}

Exit codes
  0    fitted, and the certificate passes
  1    the table, the output or the backend cannot be used
  2    the command line cannot be used
  3    fitted, but the certificate fails
  130  stopped by Ctrl-C: once the fit is done, what there is is printed; a second one ends at once
`;
