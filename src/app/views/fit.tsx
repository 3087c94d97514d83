/** The law: contours over the plane of models, slices of equal compute, and how loss falls with compute. */
import { formatCount, formatNumber, frontier, isoflopFigure, isolossFigure, scalingFigure } from '../../index.ts';
import { FitChart } from '../chart.tsx';
import { look } from '../look.ts';
import { count, decimals, number, percent, power } from '../numbers.ts';
import { span } from '../results.tsx';
import { budget, found, resampling } from '../state.ts';
import { NoFrontier } from './no-frontier.tsx';

export function FitView() {
  return (
    <>
      <FitChart name="isoloss" tall figure={() => found.value && isolossFigure(found.value.sweep, found.value.fit, look.value)}>
        Click a run, or lasso several, to leave it out of the fit.
      </FitChart>
      <Models />
      <FitChart name="scaling" figure={() => found.value && scalingFigure(found.value.sweep, found.value.fit, {
        ...look.value, budget: budget.value, ...(resampling.value && { bootstrap: resampling.value.bootstrap }),
      })} />
      <FitChart name="isoflop" figure={() => found.value && isoflopFigure(found.value.sweep, found.value.fit, look.value)} />
    </>
  );
}

/** Budgets of the table: whole decades about the runs and beyond, and the one that was asked for. */
function budgetsOf([low, high]: readonly [number, number], asked: number): number[] {
  const first = Math.ceil(Math.log10(low));
  const decades = Array.from({ length: 30 }, (_, k) => Number(`1e${first + k}`)).filter((C) => C <= Math.max(high, asked));
  return [...new Set([...decades, asked])].toSorted((a, b) => a - b);
}

/** What to train with each budget. */
function Models() {
  if (!found.value) return null;
  const { fit } = found.value;
  if (!('a' in fit.exponents)) return <NoFrontier law={fit.law} title="What to train" />;
  const budgets = budgetsOf(fit.computeRange, budget.value);
  const points = frontier(fit.law, fit.params, budgets);
  const bootstrap = resampling.value?.bootstrap;
  const asked = bootstrap?.frontier.find(({ C }) => C === budget.value);
  return (
    <section id="models" aria-labelledby="models-heading">
      <h2 id="models-heading">What to train</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label="Optimal models">
        <table>
          <thead><tr>{['Compute, FLOPs', 'N', 'D', 'D/N', 'Loss', 'Beyond the runs'].map((title) => <th key={title} scope="col">{title}</th>)}</tr></thead>
          <tbody>
            {points.map(({ C, N, D, loss }) => (
              <tr key={C}>
                <th scope="row">{power(C)}</th>
                <td>{count(N)}</td><td>{count(D)}</td><td>{number(D / N, 3)}</td><td>{decimals(loss, 3)}</td>
                <td>{C > fit.computeRange[1] ? `${formatNumber(C / fit.computeRange[1], 2)}×` : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {asked && bootstrap && (
        <p class="remark">
          At {power(budget.value)} FLOPs, {percent(bootstrap.confidence)} intervals: N {span(asked.N, formatCount)}, D {span(asked.D, formatCount)},
          {' '}D/N {span(asked.tokensPerParameter, (end) => number(end, 3))}, loss {span(asked.loss, (end) => end.toFixed(3))}.
        </p>
      )}
    </section>
  );
}
