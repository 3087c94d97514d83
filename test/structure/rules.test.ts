/** The rules of DESIGN, kept by the tree; and each rule shown a made-up breach, so that none is vacuous. */
import { describe, expect, it } from 'vitest';
import {
  cycles, defaultExports, entryPoints, independence, lawTwins, layers, lengths, libTwins, lossTwins, nodeOnly, plotlyOnce, publishedApart,
  vagueNames, wgslInItsOwnFiles, type Files, type Rule,
} from '../support/structure.ts';
import { readTree } from '../support/tree.ts';

/** Libraries of WGSL without a twin in src/math, with the reason. */
const ALONE: Readonly<Record<string, string>> = {
  counted: 'where words stand on the device: twin countedOf in src/backend/gpu/data.ts',
  descent: 'twin: src/optim/descent.ts',
  float: 'what float32 needs and float64 does not',
  grouped: 'twin: src/laws/grouped.ts',
  model: 'twin: assemble in src/optim/objective.ts',
  stage: 'twin: run in src/optim/descent.ts',
  termination: 'twin: src/optim/termination.ts',
};

const tree = readTree(process.cwd(), ['src', 'shaders', 'test', 'bench']);
const has = (folder: string) => Object.keys(tree).some((path) => path.startsWith(folder));

/** `where`: the folder that the rule is about; `breach`: a made-up tree, and the lines that it earns. */
type Case = readonly [what: string, rule: Rule, where: string, breach: Files, lines: readonly string[]];

const RULES: readonly Case[] = [
  ['imports point downwards', layers, 'src/', {
    'src/math/huber.ts': 'import type { Law } from "../laws/law.ts"; import { A } from "../errors.ts";',
    'src/laws/law.ts': 'import { huber } from "../math/huber.ts";',
    'src/fit/fit.ts': 'const later = () => import("../stats/bootstrap.ts");',
    'src/errors.ts': 'export * from "./node.ts";',
    'src/index.ts': 'export { show } from "./app/main.ts";',
    'src/node.ts': 'export * from "./index.ts"; import "./extra/odd.ts";',
    'src/extra/odd.ts': 'import "../errors.ts";',
    'src/app/main.ts': 'import "../index.ts"; import "./chart.ts"; import { draw } from "../figures/law.ts";',
  }, [
    'src/math/huber.ts: imports src/laws/law.ts: math is below laws',
    'src/fit/fit.ts: imports src/stats/bootstrap.ts: fit is below stats',
    'src/errors.ts: imports src/node.ts: errors is below node',
    'src/index.ts: imports src/app/main.ts: only the lab imports the lab',
    'src/node.ts: imports src/extra/odd.ts: node is below nothing known',
    'src/extra/odd.ts: imports src/errors.ts: src/extra/odd.ts belongs to no layer',
    'src/app/main.ts: imports src/figures/law.ts: the lab imports index.ts only',
  ]],
  ['the backends share no arithmetic', independence, 'src/backend/', {
    'src/backend/gpu/a.ts': 'import { rho } from "../../math/huber.ts"; import type { T } from "../../optim/t.ts";',
    'src/backend/gpu/b.ts': 'export { step } from "../../optim/t.ts"; import type { Pool } from "../cpu/pool.ts";',
    'src/backend/cpu/c.ts': 'import { huber } from "../../math/huber.ts"; import type { T } from "../gpu/a.ts";',
  }, [
    'src/backend/gpu/a.ts: imports src/math/huber.ts: the GPU backend imports no arithmetic',
    'src/backend/gpu/b.ts: imports src/backend/cpu/pool.ts: the GPU backend knows nothing of the CPU',
    'src/backend/gpu/b.ts: imports src/optim/t.ts: the GPU backend imports no arithmetic',
    'src/backend/cpu/c.ts: imports src/backend/gpu/a.ts: the CPU backend knows nothing of the GPU',
  ]],
  ['imports make no circle', cycles, 'src/', {
    'src/fit/a.ts': 'import { b } from "./b.ts";',
    'src/fit/b.ts': 'import type { C } from "./c.ts";',
    'src/fit/c.ts': 'export { a } from "./a.ts";',
    'src/fit/d.ts': 'import type { A } from "./a.ts"; const lazy = () => import("./e.ts");',
    'src/fit/e.ts': 'import "./d.ts";',
    'src/fit/f.ts': 'import "./f.ts";',
  }, [
    'src/fit/a.ts: import cycle src/fit/a.ts → src/fit/b.ts → src/fit/c.ts → src/fit/a.ts',
    'src/fit/f.ts: import cycle src/fit/f.ts → src/fit/f.ts',
  ]],
  ['nothing is exported as the default', defaultExports, 'src/', {
    'src/fit/a.ts': 'export default 1;',
    'src/fit/b.ts': 'const b = 1; export { b as default };',
    'src/fit/c.ts': '// export default\nexport const c = 1;',
    'test/support/d.ts': 'export default 1;',
  }, ['src/fit/a.ts: exports a default; give it a name', 'src/fit/b.ts: exports a default; give it a name']],
  ['files are named after what they do', vagueNames, 'src/', {
    'src/fit/utils.ts': '', 'test/support/helpers.ts': '', 'src/misc/a.ts': '', 'src/fit/helpersOf.ts': '',
  }, [
    'src/fit/utils.ts: name it after what it does',
    'test/support/helpers.ts: name it after what it does',
    'src/misc/a.ts: name it after what it does',
  ]],
  ['what a browser loads needs no Node', nodeOnly, 'src/', {
    'src/node.ts': 'import "node:fs";',
    'src/sources.ts': 'import "node:zlib";',
    'src/cli/main.ts': 'import "node:tty";',
    'src/backend/node/gpu.ts': 'const dawn = () => import("webgpu");',
    'src/fit/a.ts': 'import { join } from "path";',
    'src/backend/gpu/b.ts': 'const dawn = () => import("webgpu");',
    'src/backend/cpu/c.ts': 'import { Worker } from "node:worker_threads"; import type { D } from "node:fs";',
  }, [
    'src/fit/a.ts: imports path: this file must also run in a browser',
    'src/backend/gpu/b.ts: imports webgpu: this file must also run in a browser',
    'src/backend/cpu/c.ts: imports node:worker_threads: this file must also run in a browser',
  ]],
  ['one file loads plotly', plotlyOnce, 'src/app/', {
    'src/app/a.ts': 'const plotly = () => import("plotly.js-dist-min");',
    'src/app/b.ts': 'import { newPlot } from "plotly.js-dist-min";',
    'src/figures/c.ts': 'import type { Data } from "plotly.js-dist-min";',
    'src/app/d.ts': 'import address from "plotly.js-cartesian-dist-min/plotly-cartesian.min.js?url";',
  }, ['plotly: expected one file that imports it, got src/app/a.ts, src/app/b.ts, src/app/d.ts']],
  ['files are short', lengths, 'src/', {
    'src/fit/a.ts': '\n'.repeat(299), 'src/fit/b.ts': '\n'.repeat(300), 'shaders/lib/c.wgsl': 'x\n'.repeat(300),
  }, [
    'src/fit/b.ts: 300 lines, expected fewer than 300',
    'shaders/lib/c.wgsl: 300 lines, expected fewer than 300',
  ]],
  ['every law is written twice', lawTwins, 'shaders/law/', {
    'src/laws/law.ts': '', 'src/laws/registry.ts': '', 'src/laws/both.ts': '', 'shaders/law/both.wgsl': '',
    'src/laws/a.ts': '', 'shaders/law/b.wgsl': '',
  }, ['shaders/law/b.wgsl: has no twin src/laws/b.ts', 'src/laws/a.ts: has no twin shaders/law/a.wgsl']],
  ['every part of a loss is written twice', lossTwins, 'shaders/loss/', {
    'src/losses/loss.ts': '', 'src/losses/registry.ts': '', 'src/losses/both.ts': '', 'shaders/loss/both.wgsl': '',
    'src/losses/a.ts': '', 'shaders/loss/b.wgsl': '',
  }, ['shaders/loss/b.wgsl: has no twin src/losses/b.ts', 'src/losses/a.ts: has no twin shaders/loss/a.wgsl']],
  ['every library of WGSL has a twin, or a reason', libTwins(ALONE), 'shaders/lib/', {
    'src/math/both.ts': '', 'shaders/lib/both.wgsl': '', 'shaders/lib/c.wgsl': '',
  }, [
    'shaders/lib/c.wgsl: has no twin src/math/c.ts',
    ...Object.keys(ALONE).map((name) => `shaders/lib/${name}.wgsl: needs no exception`),
  ]],
  ['every kernel has one entry point of its name', entryPoints, 'shaders/kernel/', {
    'shaders/kernel/good.wgsl': '// @compute fn no()\n@compute @workgroup_size(64)\nfn good(@builtin(x) i: u32) {}',
    'shaders/kernel/a.wgsl': '@compute @workgroup_size(1) fn main() {}',
    'shaders/kernel/b.wgsl': '/* @compute fn b() */ fn b() {}',
    'shaders/kernel/c.wgsl': '@compute @workgroup_size(1) fn c() {} @workgroup_size(1) @compute fn d() {}',
    'shaders/lib/e.wgsl': '@compute @workgroup_size(1) fn e() {}',
  }, [
    'shaders/kernel/a.wgsl: expected entry points a, got main',
    'shaders/kernel/b.wgsl: expected entry points b, got none',
    'shaders/kernel/c.wgsl: expected entry points c, got c, d',
    'shaders/lib/e.wgsl: expected entry points none, got e',
  ]],
  ['published numbers stand in src/paper', publishedApart, 'src/reproduce/', {
    'src/paper/a.ts': 'export const A = 406.4;',
    'src/reproduce/b.ts': 'const [a, b, c, d] = [0.50, 4500, 1e-3, 2_000]; // 406.4\nconst text = `${1e24} 0.454`;',
    'src/reproduce/c.ts': 'const [a, b, c] = [0.454, 1_234, 5.76e23];',
  }, ['0.454', '1_234', '5.76e23'].map((literal) => `src/reproduce/c.ts: ${literal} belongs in src/paper`)],
  ['WGSL is in .wgsl files', wgslInItsOwnFiles, 'src/', {
    'src/backend/gpu/a.ts': 'const code = `@compute fn a() {}`;',
    'src/backend/gpu/b.ts': 'const code = "var<storage> x: array<f32>;";',
    'src/backend/gpu/c.ts': 'import code from "../../../shaders/kernel/c.wgsl?raw";',
    'shaders/kernel/d.wgsl': '@compute fn d() {}',
  }, ['src/backend/gpu/a.ts: WGSL belongs in shaders/', 'src/backend/gpu/b.ts: WGSL belongs in shaders/']],
];

describe.each(RULES)('%s', (_, rule, where, breach, lines) => {
  it.skipIf(!has(where))('in this tree', () => {
    expect(rule(tree)).toEqual([]);
  });

  it('and a breach is noticed', () => {
    expect(rule(breach)).toEqual(lines);
  });
});

it('an exception that is not needed is a breach', () => {
  const files = { 'shaders/lib/a.wgsl': '', 'src/math/b.ts': '', 'shaders/lib/b.wgsl': '' };
  expect(libTwins({ a: 'only the GPU needs it' })(files)).toEqual([]);
  expect(libTwins({ a: '', b: 'has a twin', c: 'is gone' })(files)).toEqual([
    'shaders/lib/b.wgsl: needs no exception',
    'shaders/lib/c.wgsl: needs no exception',
  ]);
});

it('reads the tree', () => {
  expect(tree['src/errors.ts']).toContain('class InputError');
});
