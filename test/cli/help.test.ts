import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FIT_HELP, HELP } from '../../src/cli/help.ts';

it('names every option', () => {
  const [, table = ''] = /const OPTIONS = \{(.*?)\} as const/s.exec(readFileSync('src/cli/args.ts', 'utf8')) ?? [];
  const names = [...table.matchAll(/'?([a-z-]+)'?: (?:text|\{)/g)].map((match) => match[1]!);
  expect(names).toContain('drop-highest');
  expect(names.filter((name) => !FIT_HELP.includes(`--${name} `) && !FIT_HELP.includes(`--${name}\n`))).toEqual([]);
});

it('stays within 100 columns', () => {
  expect(`${HELP}${FIT_HELP}`.split('\n').filter((line) => line.length > 100)).toEqual([]);
});
