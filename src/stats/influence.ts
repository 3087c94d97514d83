/**
 * Which runs the answer hangs on: the fit without each of them, or without each cluster, less the fit of all.
 * Cook and Weisberg 1982, "Residuals and Influence in Regression", chapter 3, by fitting again in place of a formula.
 */
import type { Backend, Batch } from '../backend/backend.ts';
import { batchFor, fittedLogs } from '../fit/batch.ts';
import { runAt } from '../laws/inputs.ts';
import { fittedNames, fittedNumbers } from '../laws/law.ts';
import { lawById } from '../laws/registry.ts';
import { frontier, type Params } from '../plan/frontier.ts';
import type { BootstrapOptions, Influence, InfluenceOptions, LeftOut, Model, Sweep } from '../types.ts';
import { passesOf, type Fitted } from './bootstrap.ts';
import { countFailed, finiteAt, type Replicates } from './fits.ts';
import { fitLeftOut, groupsToLeaveOut, jackknifeError } from './jackknife.ts';
import { hasOptimum } from './quantities.ts';

const BUDGETS: readonly number[] = [1e24];
const RANKED = 10;

/**
 * Leaves out every run of weight above 0, or every cluster, in one batch on an open backend.
 * @throws InputError where the other runs do not determine the law; the signal's reason where it aborts.
 */
export async function influenceOn(backend: Backend, sweep: Sweep, fit: Fitted, options: InfluenceOptions = {}): Promise<Influence> {
  const since = performance.now();
  const { cluster, budgets = BUDGETS } = options;
  const base = batchFor(sweep, fit);
  const kind: Pick<BootstrapOptions, 'kind' | 'cluster'> = cluster ? { kind: 'cluster', cluster } : {};
  const groups = groupsToLeaveOut(sweep, base, kind);
  const all = await fitLeftOut(backend, base, groups, passesOf(backend, base, fit), options);
  const full = quantitiesOf(fit.law, fit.params, budgets);
  const names = Object.keys(full).filter((name) => !(name in (fit.fixed ?? {})));
  const describe = describer(sweep, base, fit);
  const rows = groups.members.map((_, g) => rowOf(all, g, base));
  const left = groups.members.map((members, g): LeftOut => {
    const without: Params = rows[g] ? quantitiesOf(fit.law, rows[g], budgets) : {};
    return {
      ...(cluster && { cluster: cluster[members[0]] }),
      runs: members.map(describe),
      change: Object.fromEntries(names.map((name) => [name, (without[name] ?? NaN) - full[name]])),
    };
  });
  return {
    left,
    standardErrors: Object.fromEntries(names.map((name) => [name, jackknifeError(changesOf(left, name))])),
    ranking: Object.fromEntries(names.map((name) => [name, rank(left, name)])),
    failed: countFailed(all),
    withoutOptimum: rows.filter((params) => params && base.law.frontier && !hasOptimum(base.law, Object.values(params))).length,
    seconds: (performance.now() - since) / 1000,
  };
}

/** Parameters, exponents, and logs of the optimal sizes, by name; NaN where the parameters leave no optimum. */
function quantitiesOf(law: string, params: Params, budgets: readonly number[]): Params {
  const known = lawById(law);
  const natural = Object.values(params);
  const optimal = hasOptimum(known, natural);
  const fitted = Object.fromEntries(fittedNumbers(known, natural).map((value, q) => [fittedNames(known)[q], value]));
  const plans = (known.frontier ? budgets : []).flatMap((C) => {
    const { N, D } = optimal ? frontier(law, params, [C])[0] : { N: NaN, D: NaN };
    return [[`log N_opt(${power(C)})`, Math.log(N)], [`log D_opt(${power(C)})`, Math.log(D)]];
  });
  return { ...fitted, ...Object.fromEntries(plans) };
}

/** 1e24, 5.76e23 */
function power(C: number): string {
  return C.toExponential().replace('e+', 'e');
}

/** Parameters without group g, where they are finite. */
function rowOf(all: Replicates, g: number, { law: { params } }: Batch): Params | undefined {
  const natural = finiteAt(all, g);
  return natural && Object.fromEntries(params.map((name, j) => [name, natural[j]]));
}

function describer({ lines, columns, loss }: Sweep, base: Batch, fit: Fitted): (i: number) => LeftOut['runs'][number] {
  const fitted = fittedLogs(base, fit.params);
  const said = (i: number): Model => Object.fromEntries(Object.entries(runAt(columns, i)).filter(([role, value]) => role !== 'C' && !Number.isNaN(value)));
  return (i) => ({ line: lines[i], ...said(i), loss: loss[i], residual: base.logLoss[i] - fitted[i] });
}

function changesOf(left: readonly LeftOut[], name: string): Float64Array {
  return Float64Array.from(left, ({ change }) => change[name]).filter((value) => !Number.isNaN(value));
}

function rank(left: readonly LeftOut[], name: string): number[] {
  const size = (g: number) => Math.abs(left[g].change[name]);
  return [...left.keys()].filter((g) => !Number.isNaN(size(g))).toSorted((g, h) => size(h) - size(g)).slice(0, RANKED);
}
