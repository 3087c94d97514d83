/** What can be kept of what is on the screen, as files: what is there by now, while resamples still stream in. */
import {
  htmlReport, methodsText, replicatesCsv, reportFigures, resummarise, runsCsv, toJson, type Bootstrap,
} from '../index.ts';
import { plotlySource } from './plot.ts';
import * as state from './state.ts';

export interface Kept {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  /** End of the file's name. */
  readonly ending: string;
  readonly type: string;
  /** Why there is nothing to keep, in a sentence; reads signals. */
  readonly missing: () => string | undefined;
  readonly text: () => string | Promise<string>;
}

/** Why nothing that tells of a fit can be kept. */
export function missingFit(): string | undefined {
  const { read, fit } = state.troubles.value;
  if (fit ?? (state.table.value ? undefined : read)) return 'The table and the settings give no fit.';
  return state.fitted.value ? undefined : 'There is no fit yet.';
}

function missingResamples(): string | undefined {
  const { value: resampling } = state.fittedResampling;
  if (resampling && resampling.replicates.objective.length > 0) return missingFit();
  return missingFit() ?? (resampling ? 'Nothing was resampled: ask for resamples in the settings.' : 'There are no resamples yet.');
}

export const KEPT: readonly Kept[] = [{
  id: 'json', label: 'JSON', hint: 'The fit and its intervals, as isoloss fit --json writes them.',
  ending: 'fit.json', type: 'application/json', missing: missingFit,
  text: () => `${JSON.stringify(toJson(found().fit, beside()), null, 2)}\n`,
}, {
  id: 'resamples', label: 'Resamples, CSV', hint: 'The fit of every resample.',
  ending: 'resamples.csv', type: 'text/csv', missing: missingResamples,
  text: () => replicatesCsv(found().fit.law, state.fittedResampling.value!.replicates),
}, {
  id: 'runs', label: 'Runs, CSV', hint: 'Every run with its prediction and residual; weight 0 where it was left out.',
  ending: 'runs.csv', type: 'text/csv', missing: missingFit,
  text: () => runsCsv(found().sweep, found().fit),
}, {
  id: 'report', label: 'Report, HTML', hint: 'One page with all numbers and charts that opens offline.',
  ending: 'report.html', type: 'text/html', missing: missingFit,
  text: report,
}];

/** The paragraph for a paper. */
export function methods(): string {
  const { sweep, fit } = found();
  return methodsText({ sweep, fit, ...beside(), budget: state.budget.value });
}

/** Named after the sweep: "epoch-fit.json". */
export function fileNameOf({ ending }: Pick<Kept, 'ending'>): string {
  return `${stem()}-${ending}`;
}

function stem(): string {
  const { value: origin } = state.origin;
  const source = origin === 'file' ? state.fileName.value : origin.replace(/[?#].*$/s, '');
  const name = source.split('/').findLast(Boolean) ?? '';
  const safe = name.replace(/(\.(csv|tsv|txt|jsonl?|ndjson|parquet|gz))+$/i, '').replaceAll(/[^\p{L}\p{N}_]+/gu, '-').replaceAll(/^-|-$/g, '');
  return safe.slice(0, 60) || 'isoloss';
}

/** Asked for only where `missingFit` finds none missing. */
function found(): state.Found {
  return state.fitted.value!;
}

/** The intervals so far, at the budgets that the program has too, and at the one of the settings. */
function beside(): { readonly bootstrap?: Bootstrap } {
  const { value: resampling } = state.fittedResampling;
  if (!resampling) return {};
  const { fit } = found();
  const { fit: shown } = state.found.value!; // of groups one of them, whose budgets are those of all
  const budgets = 'a' in shown.exponents ? [...new Set([...toJson(shown).frontier.map(({ C }) => C), state.budget.value])] : [];
  return { bootstrap: resummarise(fit, resampling, { budgets }) };
}

async function report(): Promise<string> {
  const { sweep, fit, ends } = found();
  const { value: resampling } = state.fittedResampling;
  const { value: landscape } = state.landscape;
  const budget = state.budget.value;
  const figures = reportFigures({ sweep, fit, ends, budget, ...resampling, ...(landscape?.of === fit && { landscape: landscape.solved }) });
  const shown = { sweep, fit, ...beside(), budget, figures }; // as it stands now: the page may go on while plotly comes
  return htmlReport({ ...shown, plotly: await plotlySource() });
}
