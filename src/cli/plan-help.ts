/** What `isoloss help plan` prints. At most 100 columns wide. */

export const PLAN_HELP = `isoloss plan [FILE|URL|-] [options]

Says what to train next: fits a table as isoloss fit does, or takes a law that is given, and
answers each of the questions below. With --bootstrap or --interval sandwich every answer has an
interval, of that number in each resample. Beside each stands how far it is beyond the runs.
Without a table, the bundled replica. C = 6ND, losses are nats per token.

What to plan: at least one of the first five
  --budget FLOPS            the compute-optimal N, D and loss, the sizes nearly as good, and the
                            20:1 rule and Kaplan's beside it: --budget 1e24, or 1e22..1e26:5.
                            Repeatable.
  --target-loss LOSS        the least compute that reaches it: --target-loss 2.0. Repeatable.
  --hours HOURS             a budget from what the devices do in so many hours by the clock,
  --money MONEY             for so much money, in the currency of --price,
  --energy KWH              with so much energy; of several the one that is reached first
  --ratio D/N               also the model of so many tokens a parameter, and what it costs in
                            loss and compute: --ratio 200. Repeatable.
  --size N                  also the model of so many parameters: --size 8B. Repeatable.
  --serve TOKENS            the least total cost of training and of serving so many tokens, at the
                            same loss: --serve 2T; or INPUT:OUTPUT tokens: --serve 1T:2T
  --unique-tokens TOKENS    the best N and epochs where there are no more: --unique-tokens 100B.
                            Worth of repeated tokens by Muennighoff et al. 2023. Repeatable.
  --architectures K         the K nearest architectures, with FLOPs counted matrix by matrix
  --context TOKENS          of a sequence, for these; 4096 if not given
  --vocabulary TOKENS       of these; 32000 if not given
  --gated                   three matrices in their feed-forward layers, as SwiGLU has
  --excess SHARE            loss that nearly as good sizes may give up; 0.001 if not given

What it takes: time, and money and energy where they are known
  --device ID|FLOPS         h100-sxm, a100, ... or its dense peak rate in FLOP/s: --device 989e12
  --count N                 devices that train together
  --utilisation SHARE       of the peak rate that the model's own FLOPs reach (MFU): 0.4
  --price MONEY             of an hour of one device
  --watts WATTS             of one device; that of its maker if not given
  --pue FACTOR              what the data centre draws over what its machines do; 1 if not given
  --batch TOKENS            of a step, over all devices: then --utilisation is what a device reaches
                            by itself, and what the layout takes off it is modelled
  --stages N                of a pipeline; 1 if not given
  --micro-batches N         in each replica of the model, a step
  --chunks N                of layers that each stage holds, interleaved; 1 if not given
  --tensor-parallel N       devices that share each layer; 1 if not given
  --bandwidth BYTES         a second that each device sends while gradients are summed; if not
                            given that takes no time
  --overlap SHARE           of it that goes on under the computation; 0 if not given
  --mtbf HOURS              mean time between failures of one device: time is lost to these
  --checkpoint HOURS        that a checkpoint takes; one is made at the best interval (Daly)
  --restart HOURS           from a failure until training goes on; 0 if not given
  --serve-utilisation SHARE of the devices that serve, or INPUT:OUTPUT: then the cost of serving is
                            in money too: --serve-utilisation 0.5:0.1
  --serve-device ID|FLOPS   the devices that serve; --device if not given
  --serve-price MONEY       of an hour of one; --price if not given

Which law
  --truth LAW               fit nothing and take published:ID (hoffmann, besiroglu, ...), fit:FILE,
                            what isoloss fit --json wrote, or E,A,B,alpha,beta

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
  --seed SEED               of the drawn starts and resamples; 0 if not given
  --backend auto|gpu|cpu    auto (default): a hardware GPU where there is one, else the CPU

How sure it is: see isoloss help fit
  --bootstrap R             fit R resamples too
  --bootstrap-kind KIND     pairs (default), cluster, residual, wild or parametric
  --cluster COLUMN          runs alike in this column are drawn together; N or size: of one size
  --counts FILE             take these resamples
  --resample-starts STARTS  auto (default), K or paper: starts of a resample beside the optimum
  --interval KIND           percentile (default), basic, bca, or sandwich, which needs no
                            --bootstrap
  --confidence LEVEL        of the intervals; 0.95 if not given

What to print
  --json                    one JSON object instead of text
  -o, --out FILE            write the result to FILE, as JSON with --json or if it ends in .json
  -q, --quiet               no progress and no remarks on standard error, only errors
  -h, --help                this text
  --version                 the version of isoloss

Exit codes
  0    planned, and the certificate of the fit passes
  1    the table, the law, the output or the backend cannot be used
  2    the command line cannot be used
  3    planned, but the certificate of the fit fails
  130  stopped by Ctrl-C: once the fit is done, what there is is printed; a second one ends at once
`;
