/**
 * How many operations a law takes at a point, counted in its WGSL, which is written point by point. The rule: the statements
 * of `predict` that depend on the point, each once, with the functions that they call of that file and of shaders/lib in
 * their place, all branches taken; a function of vectors counts three times. A call is one of exp, log, pow, sqrt; arithmetic
 * is each binary + − * /, and each min, max, abs, clamp and select.
 */
import type { Law } from '../src/laws/law.ts';

export interface Operations {
  /** Of transcendental functions. */
  readonly calls: number;
  readonly arithmetic: number;
}

export interface WgslFunction {
  readonly parameters: string;
  readonly body: string;
}

const SHADERS: Record<string, string> = import.meta.glob('../shaders/{law,lib}/*.wgsl', { query: '?raw', import: 'default', eager: true });
const LIB = Object.entries(SHADERS).filter(([path]) => path.includes('/lib/')).map(([, code]) => code);

/** At one point of L̂ and its P slopes. */
export function operationsOf({ id }: Pick<Law, 'id'>): Operations {
  const own = SHADERS[`../shaders/law/${id}.wgsl`] ?? '';
  const find = (name: string) => [own, ...LIB].map((code) => functionIn(code, name)).find((found) => found !== undefined);
  const predict = functionIn(own, 'predict');
  if (!predict) throw new Error(`bench/operations.ts: expected a function predict in shaders/law/${id}.wgsl, got none.`);
  return operationsIn(predict, find);
}

/** Of the statements that depend on the parameter `at`, or, of a function without it, on any. */
export function operationsIn({ parameters, body }: WgslFunction, find: (name: string) => WgslFunction | undefined = () => undefined): Operations {
  const names = [...parameters.matchAll(/(\w+)\s*:/g)].map(([, name]) => name!);
  const varying = new Set(names.includes('at') ? ['at'] : names);
  let total: Operations = { calls: 0, arithmetic: 0 };
  for (const statement of bare(body).split(/[;{}]/)) {
    if (!(statement.match(/[a-zA-Z_]\w*/g) ?? []).some((word) => varying.has(word))) continue;
    const target = /^\s*(?:let |var )?(\w+)[\w.[\]]*\s*[-+*/]?=(?!=)/.exec(statement)?.[1];
    if (target) varying.add(target);
    total = plus(total, operationsOfStatement(statement, find));
  }
  return times(total, /vec3f/.test(parameters) ? 3 : 1);
}

function operationsOfStatement(statement: string, find: (name: string) => WgslFunction | undefined): Operations {
  const count = (pattern: RegExp) => statement.match(pattern)?.length ?? 0;
  const called = [...statement.matchAll(/(?<![.\w])([a-z]\w*)\(/g)].flatMap(([, name]) => find(name!) ?? []);
  return called.map((each) => operationsIn(each, find)).reduce(plus, {
    calls: count(/\b(?:exp|log|pow|sqrt)\(/g),
    arithmetic: count(/(?<=[\w)\]]\s*)[-+*/]/g) + count(/\b(?:min|max|abs|clamp|select)\(/g),
  });
}

/** Without comments, what stands in an index, and the signs within numbers such as 1e-12. */
function bare(code: string): string {
  return code.replaceAll(/\/\/.*/g, '').replaceAll(/\[[^[\]]*\]/g, '[0]').replaceAll(/\b\d[\d.]*e[-+]?\d+/g, '1');
}

function functionIn(code: string, name: string): WgslFunction | undefined {
  const found = new RegExp(`fn ${name}\\(([^)]*)\\)([^{]*)\\{([\\s\\S]*?)\\n\\}`).exec(code);
  return found ? { parameters: found[1]! + found[2]!, body: found[3]! } : undefined;
}

function plus(a: Operations, b: Operations): Operations {
  return { calls: a.calls + b.calls, arithmetic: a.arithmetic + b.arithmetic };
}

function times({ calls, arithmetic }: Operations, factor: number): Operations {
  return { calls: factor * calls, arithmetic: factor * arithmetic };
}
