/** Which laws can be planned with, for help: made of the registry. */
import { INPUTS } from '../laws/inputs.ts';
import { lawById, lawIds } from '../laws/registry.ts';
import { wrap } from '../report/layout.ts';

const COLUMN = 28;

/** Laws of two power terms of N and D, of which plans are asked. */
export const plannedLaws: readonly string[] = lawIds.filter((id) => lawById(id).terms !== undefined);

/** Those of them that have an exponent over both terms. */
const raised = plannedLaws.filter((id) => {
  const { params, terms } = lawById(id);
  return terms?.(params.map(() => 1)).gamma !== undefined;
});

/** What they take a model to have. */
const usual = [...new Set(plannedLaws.flatMap((id) => lawById(id).inputs))].flatMap((name) => {
  const { usual: value } = INPUTS[name];
  return value === undefined ? [] : [`${name} = ${value}`];
});

/** The option --law, lines of at most 100 columns, without the last line feed. */
export const PLANNED_LAW = option('--law LAW', `the law to fit, one of two power terms of N and D: ${plannedLaws.join(', ')}. ${plannedLaws[0]} if not given. ` +
  `What one reads beside N and D is taken as usual: ${usual.join(', ')}.`);

/** Of --quantise. */
export const HARM_LAWS = `not by ${raised.join(' nor ')}`;

function option(name: string, text: string): string {
  return wrap(text, 100 - COLUMN).map((line, k) => (k === 0 ? `  ${name}` : '').padEnd(COLUMN) + line).join('\n');
}
