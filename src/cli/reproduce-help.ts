/** What `isoloss help reproduce` prints. At most 100 columns wide. */

export const REPRODUCE_HELP = `isoloss reproduce [ID...] [options]

Computes published numbers of the scaling-law literature again and prints each beside ours, with
the ratio and a verdict: reproduced, differs and why, not reproducible and why, or unresolved.
Without an ID, all of them.

  eq10          the parametric fit of Hoffmann et al. 2022, Eq. 10, from synthetic sweeps
  table2        their exponents a and b by three approaches, Table 2
  table3        their optimal sizes and tokens, Table 3
  tableA3       the same by Approaches 2 and 3, Table A3
  epoch         Besiroglu et al. 2024: the refit, its errors and its tests
  early-stop    how a loss that is averaged, not summed, stops their fit early
  kaplan        Kaplan et al. 2020: the laws and the joint law
  muennighoff   Muennighoff et al. 2023: repeated data
  gadre         Gadre et al. 2024: over-training
  llama3        Grattafiori et al. 2024: the IsoFLOP line of Llama 3
  czech         Czech et al. 2026: the bias of Approach 2

Some need data that isoloss does not bring along; without it they are not run, and say what to
give. Each is a table as isoloss fit reads it: a file, an http(s) address, or - for standard input.

Data
  --epoch-data FILE         the 245 runs read off a figure of Hoffmann et al. 2022:
                            data/svg_extracted_data.csv of
                            github.com/epoch-research/analyzing-chinchilla
  --datablations-data FILE  the 182 runs of Muennighoff et al. 2023 on C4, with the columns params,
                            tokens, unique_tokens and loss
  --gadre-data FILE         the runs of Gadre et al. 2024, with the columns dataset, params, tokens,
                            loss_c4_val and err17
  --llama3-data FILE        points read off figure 2 of the Llama 3 paper: training FLOPs, tokens
                            and loss

How to compute
  --replicates K            resamples of each bootstrap, and synthetic sweeps of each simulation;
                            4000 if not given, 100 at least
  --seed SEED               of what is drawn; 0 if not given
  --backend auto|gpu|cpu    auto (default): a hardware GPU where there is one, else the CPU

What to print
  --json                    one JSON object instead of text
  -o, --out FILE            write the result to FILE, as JSON with --json or if it ends in .json, as
                            a page with charts that opens without a network if in .html
  -q, --quiet               no progress and no remarks on standard error, only errors
  -h, --help                this text
  --version                 the version of isoloss

Exit codes
  0    computed, whatever the verdicts, and whether data is missing or not
  1    a table, the output or the backend cannot be used
  2    the command line cannot be used
  130  stopped by Ctrl-C: the reproductions that are done are printed; a second one ends at once
`;
