/** `isoloss compare` as text. */
import type { LawComparison } from '../stats/compare-result.ts';
import { formatInteger, formatSeconds } from '../units.ts';
import { boundTexts } from './bounds.ts';
import { comparisonTables } from './compare-tables.ts';
import { conclusion, pairVerdict } from './compare-verdicts.ts';
import { hang, list, remarkItems, sectionsText } from './layout.ts';
import { titledLines } from './titled-table.ts';

/** Lines that end in a line feed, at most 100 columns wide but for a word that is longer. */
export function comparisonText(comparison: LawComparison): string {
  const { sweep, pairs } = comparison;
  const sections = [
    hang('', `${comparison.laws.length} laws compared on ${sweep}`),
    ['Which law?', ...hang('  ', conclusion(comparison)), ...pairs.flatMap((pair) => hang('  ', pairVerdict(pair)))],
    remarks(comparison),
    ...comparisonTables(comparison).map(titledLines),
    ['Made', ...list(comparisonFacts(comparison))],
  ];
  return sectionsText(sections);
}

function remarks({ warnings, notes, missing }: LawComparison): string[] {
  return list([
    ...missing.map(({ law, why }) => ['Not fitted', `${law}: ${why}`] as const),
    ...remarkItems(warnings, notes),
  ]);
}

/** How it was made, by name. */
export function comparisonFacts({ laws, points, replicates, seed, steps, seconds, version }: LawComparison): (readonly [string, string])[] {
  const [{ fit: { backend } }] = laws;
  const times = (1 + steps.length) * laws.length;
  return [
    ['Runs', formatInteger(points)],
    ...laws.flatMap(({ law, fit: { fixed = {}, bounds = {} } }) => {
      const asked = [...Object.entries(fixed).map(([name, value]) => `${name} = ${value}`), ...boundTexts(bounds)];
      return asked.length === 0 ? [] : [['Held', `of ${law}: ${asked.join(', ')}`] as const];
    }),
    ['Resamples', `${formatInteger(replicates)} of the runs with replacement, seed ${seed}: the same for every law and step, ` +
      `${formatInteger(replicates * times)} fits`],
    ['Time', formatSeconds(seconds)],
    ['Backend', `${backend.name}, ${backend.adapter}  (isoloss ${version})`],
  ];
}
