/** Parts of the help texts that several commands share: lines of at most 100 columns, without the last line feed. */
import { PLANNED_LAW } from './planned-laws.ts';

export const FORMAT = '  --format FORMAT           csv, tsv, json, jsonl or parquet, where it is not seen';

export const WHERE = '  --where CONDITION         keep the runs for which it holds: --where "C<1e21", corpus=c4.';

export const LEAVE_OUT = `\
  --exclude LINES           then leave out the runs on these lines (JSON and Parquet: rows) of the
                            table: --exclude 12,15-18. Repeatable.
  --drop-highest K          then leave out the K runs of highest loss`;

/** All of the table, where the help on fit tells the rest. */
export const TABLE = `\
  --columns ROLE=NAME,...   which column is which
${FORMAT}
${WHERE}
${LEAVE_OUT}`;

/** What is held, and what has bounds. */
export const PINS = `\
  --fix NAME=VALUE,...      hold these parameters: --fix alpha=0.34,beta=0.28; E=0: without E.
                            Repeatable.
  --bound NAME=LOW:HIGH     keep this parameter between two values: --bound alpha=0.1:0.6. One may
                            be left out: alpha=0.1: or alpha=:0.6. Repeatable.`;

/** What is minimised, and what is held: the losses are told in the help on fit. */
export const LOSS = `\
  --loss LOSS               what is minimised: see isoloss help fit
  --delta DELTA             threshold of the losses that have one, nats; 1e-3 if not given
  --envelope SHARE          of --loss lower-log: see isoloss help fit
${PINS}`;

export const STARTS = `\
  --starts paper|auto|N     auto (default): 32 starts drawn from the data; N: so many of them;
                            paper: the 4500 of Hoffmann et al. 2022, a grid for each other law
  --screen K                descend only the K best of the starts`;

export const BACKEND = '  --backend auto|gpu|cpu    auto (default): a hardware GPU where there is one, else the CPU';

/** How sure it is, where the help on fit tells the rest. */
export const BOOTSTRAP = `\
  --bootstrap R             fit R resamples too
  --bootstrap-kind KIND     pairs (default), cluster, residual, wild or parametric
  --cluster COLUMN          runs alike in this column are drawn together; N or size: of one size
  --counts FILE             take these resamples
  --resample-starts STARTS  auto (default), K or paper: starts of a resample beside the optimum
  --interval KIND           percentile (default), basic, bca, or sandwich, which needs no
                            --bootstrap
  --confidence LEVEL        of the intervals; 0.95 if not given`;

export const OUT = `\
  -o, --out FILE            write the result to FILE, as JSON with --json or if it ends in .json, as
                            a page with charts that opens without a network if in .html`;

export const REST = `\
  -q, --quiet               no progress and no remarks on standard error, only errors
  -h, --help                this text
  --version                 the version of isoloss`;

/** All that commands can be asked which take a law, or fit one. */
export const ASKED_LAW = `\
Which law
  --truth LAW               fit nothing and take published:ID (hoffmann, besiroglu, ...), fit:FILE,
                            what isoloss fit --json wrote (fit:FILE#NAME of one of its groups), or
                            E,A,B,alpha,beta

What to read: see isoloss help fit
${TABLE}

How to fit
${PLANNED_LAW}
${LOSS}
${STARTS}
  --seed SEED               of the drawn starts and resamples; 0 if not given
${BACKEND}

How sure it is: see isoloss help fit
${BOOTSTRAP}

What to print
  --json                    one JSON object instead of text
${OUT}
${REST}`;
