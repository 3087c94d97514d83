/** What was found, beside every view: the parameters with their intervals, the certificate, how it was computed. */
import type { Bootstrap, Certificate, Fit, Interval } from '../index.ts';
import { fitOfGroup, formatInteger, formatSeconds, hasIntervals, meaningOf } from '../index.ts';
import { stopFit } from './engine.ts';
import { lossInWords } from './losses.ts';
import { lowered, Named } from './named.tsx';
import { number, percent, power, prose, symbol } from './numbers.ts';
import { busy, fitted, fittedResampling, progress, troubles } from './state.ts';

export function Results() {
  if (!fitted.value) return null;
  const { fit } = fitted.value;
  const bootstrap = fittedResampling.value?.bootstrap;
  const outdated = troubles.value.fit !== undefined;
  return (
    <div class={outdated ? 'results outdated' : 'results'} data-results={busy.value ? 'running' : 'done'}>
      <section aria-labelledby="law-heading">
        <div class="heading">
          <h2 id="law-heading">{outdated ? 'Fitted law, of the settings before' : 'Fitted law'}</h2>
          {busy.value && <Running bootstrap={bootstrap} />}
        </div>
        <Parameters fit={fit} bootstrap={bootstrap} />
        <Sureness bootstrap={bootstrap} />
      </section>
      <section id="certificate" aria-labelledby="certificate-heading">
        <h2 id="certificate-heading">Certificate</h2>
        {fitted.value.isNear && busy.value
          ? <p class="verdict" data-near>One descent from the fit before, at once: all starts are being made.</p>
          : <CertificateWords fit={fit} bootstrap={bootstrap} />}
      </section>
      <section aria-labelledby="provenance-heading">
        <h2 id="provenance-heading">How it was computed</h2>
        <Provenance fit={fit} />
      </section>
    </div>
  );
}

function Parameters({ fit, bootstrap }: { readonly fit: Fit; readonly bootstrap: Bootstrap | undefined }) {
  const { fixed = {} } = fit;
  const rows = rowsOf(fit, bootstrap);
  return (
    <table class="parameters">
      <thead class={bootstrap ? '' : 'unseen'}>
        <tr><th scope="col"><span class="unseen">Name</span></th><th scope="col">Value</th><th scope="col">{bootstrap ? `${percent(bootstrap.confidence)} interval` : 'Interval'}</th></tr>
      </thead>
      <tbody>
        {rows.map(({ name, value, interval, apart }) => (
          <tr key={name} class={apart ? 'apart' : ''}>
            <th scope="row" title={meaningOf(fit.law, name)}><Named name={name} /></th>
            <td data-param={name}>{number(value)}</td>
            <td data-interval={name} class="interval">{name in fixed ? 'held' : bootstrap ? span(interval) : '…'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Row {
  readonly name: string;
  readonly value: number;
  readonly interval: Interval | undefined;
  /** The first of its kind. */
  readonly apart?: boolean;
}

/** Parameters, then the exponents of the frontier; of groups first what all of them have alike. */
function rowsOf(fit: Fit, bootstrap: Bootstrap | undefined): Row[] {
  const params = Object.entries(fit.params).map(([name, value]): Row => ({ name, value, interval: bootstrap?.intervals[name] }));
  const exponents = exponentsOf(fit, bootstrap).map((row, k) => ({ ...row, apart: k === 0 }));
  if (!fit.groups) return [...params, ...exponents];
  const [shared, own] = [params.filter(({ name }) => !name.includes('[')), params.filter(({ name }) => name.includes('['))];
  return [...shared, ...own.map((row, k) => ({ ...row, apart: k === 0 })), ...exponents];
}

/** "a" and "b" where they are those of every group, else "a[web]" of each. */
function exponentsOf(fit: Fit, bootstrap: Bootstrap | undefined): Row[] {
  const named = (of: Fit, intervals: Bootstrap['intervals'] | undefined, write = (name: string) => name) =>
    Object.entries(of.exponents).map(([name, value]): Row => ({ name: write(name), value, interval: intervals?.[name] }));
  if (!fit.groups) return named(fit, bootstrap?.intervals);
  const groups = fit.groups.names.map((name) => ({ name, fit: fitOfGroup(fit, name), intervals: bootstrap?.groups?.[name]?.intervals }));
  const [first, ...others] = groups;
  const alike = others.every((each) => Object.is(each.fit.exponents['a'], first.fit.exponents['a']));
  return alike ? named(first.fit, first.intervals) : groups.flatMap((each) => named(each.fit, each.intervals, (name) => `${name}[${each.name}]`));
}

/** "0.317 to 0.373", with the digits that tell the ends apart. */
export function span(interval: Interval | undefined, write: (end: number) => string = (end) => number(end, 4)): string {
  if (!interval) return '–';
  const [low, high] = interval;
  if (low === -Infinity && high === Infinity) return 'without bounds';
  return Number.isNaN(low + high) ? 'none' : `${write(low)} to ${write(high)}`;
}

/** What the intervals are of. */
function Sureness({ bootstrap }: { readonly bootstrap: Bootstrap | undefined }) {
  const running = busy.value;
  return (
    <div class="sureness">
      <p data-resamples={bootstrap?.replicates ?? 0} aria-live={running ? 'off' : 'polite'}>{bootstrap ? describe(bootstrap, running) : running ? 'Resampling …' : 'No resamples, no intervals.'}</p>
      {bootstrap?.warnings?.map((line) => <p key={line} class="remark">{prose(line)}</p>)}
    </div>
  );
}

/** How far the resamples are; beside the heading, so that nothing moves when it comes and goes. */
function Running({ bootstrap }: { readonly bootstrap: Bootstrap | undefined }) {
  const { value: now } = progress;
  const total = bootstrap?.requested ?? now?.total;
  const done = Math.max(bootstrap?.replicates ?? 0, now?.stage === 'bootstrap' ? now.done : 0);
  return (
    <div class="running">
      <progress aria-label="Resamples" max={1} value={total ? done / total : undefined} />
      <button type="button" onClick={stopFit}>Stop</button>
    </div>
  );
}

function describe(bootstrap: Bootstrap, running: boolean): string {
  const { kind, replicates, requested, failed, withoutOptimum, interval, seconds, starts } = bootstrap;
  if (kind === 'sandwich') return !hasIntervals(bootstrap) ? 'No intervals: the runs do not tell the parameters apart.' : 'Sandwich intervals, from the fit alone.';
  const unsettled = Object.values(failed).reduce((sum, count) => sum + count, 0);
  const counts = replicates < requested
    ? `${running ? '' : 'Stopped: '}${formatInteger(replicates)} of ${formatInteger(requested)} resamples`
    : `${formatInteger(replicates)} resamples in ${formatSeconds(seconds)}`;
  return [
    `${counts} (${kind}, ${interval})`,
    `${unsettled === 0 ? 'all' : formatInteger(replicates - unsettled)} converged`,
    ...(starts?.others ? [`each from ${starts.minima + starts.others} starts`] : []),
    ...(withoutOptimum > 0 ? [`${formatInteger(withoutOptimum)} without an optimum`] : []),
  ].join('; ') + '.';
}

function CertificateWords({ fit, bootstrap }: { readonly fit: Fit; readonly bootstrap: Bootstrap | undefined }) {
  const { certificate } = fit;
  return (
    <>
      <p class={`verdict ${certificate.verdict}`}>{certificate.verdict === 'pass' ? 'Passes' : 'Fails'}: {lowered(inWords(certificate, fit, bootstrap))}.</p>
      {certificate.reasons.length > 0 && <ul>{certificate.reasons.map((reason) => <li key={reason}>{lowered(prose(reason))}</li>)}</ul>}
    </>
  );
}

/** "4,217 of 4,500 starts agree; 8 of 8 begun about the minimum too; gradient 3·10⁻⁹; well determined except B (± 61 %)" */
export function inWords(certificate: Certificate, fit: Pick<Fit, 'params'>, bootstrap: Pick<Bootstrap, 'standardErrors'> | undefined): string {
  const { starts, startsAgreeing, startsAbout, startsAboutAgreeing, gradientNorm, conditionNumber, activeBounds } = certificate;
  return [
    `${formatInteger(startsAgreeing)} of ${formatInteger(starts)} starts agree`,
    ...(startsAbout ? [`${formatInteger(startsAboutAgreeing ?? 0)} of ${formatInteger(startsAbout)} begun about the minimum too`] : []),
    `gradient ${power(gradientNorm, 2)}`,
    `${determined(conditionNumber)}${except(fit, bootstrap)}`,
    ...activeBounds.map((bound) => `at the edge of the law: ${prose(bound)}`),
  ].join('; ');
}

/** Cut-offs of the condition number; above the second the certificate fails. */
function determined(conditionNumber: number): string {
  if (!(conditionNumber < 1e8)) return 'undetermined';
  return conditionNumber < 1e4 ? 'well determined' : 'weakly determined';
}

/** A parameter is named where its standard error is more than this share of it. */
const LOOSE = 0.25;

function except({ params }: Pick<Fit, 'params'>, bootstrap: Pick<Bootstrap, 'standardErrors'> | undefined): string {
  const loose = Object.entries(params).flatMap(([name, value]) => {
    const share = (bootstrap?.standardErrors[name] ?? 0) / Math.abs(value);
    return share > LOOSE ? [`${symbol(name)} (± ${number(100 * share, 2)} %)`] : [];
  });
  return loose.length === 0 ? '' : ` except ${loose.join(', ')}`;
}

function Provenance({ fit }: { readonly fit: Fit }) {
  const { backend, points, dropped, objective, starts, seed, sweep, groups, notes, warnings, version, fixed = {} } = fit;
  const left = dropped.reduce((sum, { lines }) => sum + lines.length, 0);
  const facts: readonly (readonly [id: string, name: string, value: string])[] = [
    ['backend', 'Device', `${backend.name.toUpperCase()}: ${backend.adapter}`],
    ['time', 'Time', formatSeconds(secondsOf(fit))],
    ['sweep', 'Sweep', sweep],
    ['points', 'Runs', `${formatInteger(points)} fitted${left > 0 ? `, ${formatInteger(left)} left out` : ''}`],
    ...(groups ? [['groups', 'Groups', inGroups(groups)] as const] : []),
    ['objective', 'Objective', `${number(objective, 7)} (${lossInWords(fit)})`],
    ...(Object.keys(fixed).length > 0 ? [['held', 'Held', Object.entries(fixed).map(([name, value]) => `${symbol(name)} = ${value}`).join(', ')] as const] : []),
    ['starts', 'Starts', `${starts}, seed ${seed}`],
    ['version', 'Version', `isoloss ${version}`],
  ];
  return (
    <>
      <dl class="facts">
        {facts.map(([id, name, value]) => <div key={id}><dt>{name}</dt><dd data-fact={id}>{id === 'held' ? lowered(value) : value}</dd></div>)}
      </dl>
      {[...warnings, ...notes].map((line) => <p key={line} class="remark">{prose(line)}</p>)}
    </>
  );
}

/** "by corpus: web 32, code 28; they share α, β" */
function inGroups({ column, names, points, share }: NonNullable<Fit['groups']>): string {
  const runs = names.map((name, g) => `${name} ${formatInteger(points[g])}`);
  return `by ${column}: ${runs.join(', ')}; they share ${share.length > 0 ? share.map(symbol).join(', ') : 'nothing'}`;
}

/** Of all stages of a fit. */
export function secondsOf({ timings }: Fit): number {
  return Object.values(timings).reduce((sum, seconds) => sum + seconds, 0);
}
