import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { HELP } from '../../src/cli/help.ts';

it('names every command', () => {
  expect(Object.keys(COMMANDS)).toContain('simulate');
  expect(Object.keys(COMMANDS).filter((name) => !HELP.includes(`\n  isoloss ${name} `))).toEqual([]);
});

it('stays within 100 columns', () => {
  expect(HELP.split('\n').filter((line) => line.length > 100)).toEqual([]);
});

describe.each(Object.entries(COMMANDS))('help on %s', (name, { options, help }) => {
  const names = Object.keys(options).map((option) => `--${option}`);

  it('names every option, and no other', async () => {
    const listed = [...(await help()).matchAll(/^ {2}(?:-\w, )?(--[a-z0-9-]+)/gm)].map(([, option]) => option!);
    expect(names.length).toBeGreaterThan(1);
    expect([...new Set(listed)].toSorted()).toEqual([...names, '--help', '--version'].toSorted());
  });

  it('names its short options', async () => {
    const short = Object.entries(options).flatMap(([option, { short }]) => (short ? [`\n  -${short}, --${option}`] : []));
    const text = await help();
    expect(short.filter((line) => !text.includes(line))).toEqual([]);
  });

  it('stays within 100 columns', async () => {
    const text = await help();
    expect(text.startsWith(`isoloss ${name} `)).toBe(true);
    expect(text.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });
});

it('some options have short names', () => {
  expect(Object.values(COMMANDS).filter(({ options }) => Object.values(options).some(({ short }) => short)).length).toBeGreaterThan(1);
});

it('an option of two commands takes a value in both, or in neither, and has one letter', () => {
  const all = Object.values(COMMANDS).flatMap(({ options }) => Object.entries(options));
  const kinds = new Map<string, Set<string>>();
  for (const [name, { flag, short }] of all) {
    if (!kinds.has(name)) kinds.set(name, new Set());
    kinds.get(name)!.add(`${flag} ${short}`);
  }
  expect([...kinds].filter(([, kind]) => kind.size > 1)).toEqual([]);
});
