/** What `isoloss help reproduce` prints. At most 100 columns wide. */
import { hang } from '../report/layout.ts';
import { dataOption, dataSets } from '../reproduce/data.ts';
import { recipes } from '../reproduce/reproduce.ts';
import { BACKEND, OUT, REST } from './help-pieces.ts';

const IDS = recipes.flatMap(({ id, title, paper }) => hang(`  ${id}`.padEnd(16), `${title} (${paper})`)).join('\n');
const DATA = dataSets.flatMap(({ id, title, source }) => hang(`  ${dataOption(id)} FILE`.padEnd(28), `${title}: ${source}`)).join('\n');

export const REPRODUCE_HELP = `isoloss reproduce [ID...] [options]

Computes published numbers of the scaling-law literature again and prints each beside ours, with
the ratio and a verdict: reproduced, differs and why, not reproducible and why, or unresolved.
Without an ID, all of them.

${IDS}

Some need data that isoloss does not bring along; without it they are not run, and say what to
give. Each is a table as isoloss fit reads it: a file, an http(s) address, or - for standard input.

Data
${DATA}

How to compute
  --replicates K            resamples of each bootstrap, and synthetic sweeps of each simulation;
                            4000 if not given, 100 at least
  --seed SEED               of what is drawn; 0 if not given
${BACKEND}

What to print
  --json                    one JSON object instead of text
${OUT}
${REST}

Exit codes
  0    computed, whatever the verdicts, and whether data is missing or not
  1    a table, the output or the backend cannot be used
  2    the command line cannot be used
  130  stopped by Ctrl-C: the reproductions that are done are printed; a second one ends at once
`;
