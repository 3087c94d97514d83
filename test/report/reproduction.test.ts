import { expect, it } from 'vitest';
import { reproductionsJson, reproductionsText } from '../../src/report/reproduction.ts';
import type { Reproduction } from '../../src/reproduce/reproduction.ts';
import { EPOCH, REPRODUCTIONS, TABLE3 } from './reproduced.ts';

it('says it all', () => {
  expect(reproductionsText(REPRODUCTIONS)).toBe(`\
Optimal sizes and tokens for nine budgets
Hoffmann et al. 2022, arXiv:2203.15556, Table 3

  Table 3 three ways
  Data: published constants

                                                published      ours      ratio  verdict
    Ours: power laws through the printed rows
      Table 3, 400M      D_opt, tokens          8e9            8.012e9   1.002  reproduced
    Ours: closed form, unrounded constants
      Table 3, 400M      D_opt, tokens          8e9            9.79e9    1.224  not reproducible [1]
                         training FLOPs         1.92e19        1.923e19  1.002  reproduced
      Table A3, 175B,    training FLOPs of a    1.26e24 [sic]  1.257e25  9.977  differs [2]
      third column of    model whose quantity
      numbers            has a name that needs
                         more room than one
                         line of the table has
      Table A3, 1B       D_opt, tokens          2.71e10        2.91e10   1.074  not reproducible [1]

    [1] the column follows from no constants that the paper gives, rounded or not, and neither from
        the runs that were read off its figures
    [2] of a misprint: six times N times D is ten times what is printed

    * The printed rows lie on a power law of exponent 0.4981.
    * The column of Approach 3 does not follow from Eq. 10: its tokens for 400M are 1.22 times ours,
      and those for 1B are 1.07 times ours, whichever constants are taken.

  Table 3 from Epoch's runs
  Data: Epoch's 240 runs
  Not run: give --epoch-data FILE, the 245 runs of Hoffmann et al. 2022 that Besiroglu et al. 2024
           read off their figure 4: data/svg_extracted_data.csv of
           github.com/epoch-research/analyzing-chinchilla, as it is

2 reproduced, 1 differs, 2 not reproducible, 1 section not run
cpu, 2 threads; seed 7; 1.2 s  (isoloss 0.1.0)

────────────────────────────────────────────────────────────────────────────────────────────────────
A refit of Chinchilla's runs
Besiroglu et al. 2024, arXiv:2404.10102

  Tests of the published law
  Data: Epoch's 240 runs

                                         published  ours      ratio    verdict
    Ours: sum of Huber losses
      Table 1  E, nats per token           1.8172   1.81722     1.000  reproduced
      p. 5     p of the chi-square test  < 1e-51    1.69e-49  169.0    unresolved [1]
               offset                     -0.02     0.02130     -      differs [2]

    [1] the paper does not say of which constants
    [2] no reason is known

1 reproduced, 1 differs, 1 unresolved
cpu, 2 threads; seed 7; 12 s  (isoloss 0.1.0)

────────────────────────────────────────────────────────────────────────────────────────────────────
          reproduced  differ  not reproducible  unresolved  sections not run   time
  table3           2       1                 2                             1  1.2 s
  epoch            1       1                             1                     12 s

3 reproduced, 2 differ, 2 not reproducible, 1 unresolved, 1 section not run
For what was not run: give --epoch-data FILE, the 245 runs of Hoffmann et al. 2022 that Besiroglu et
                      al. 2024 read off their figure 4: data/svg_extracted_data.csv of
                      github.com/epoch-research/analyzing-chinchilla, as it is
`);
});

it('of one there is no table of all', () => {
  const text = reproductionsText([EPOCH]);
  expect(text).not.toContain('sections not run');
  expect(text.endsWith(`\n${'─'.repeat(100)}\n1 reproduced, 1 differs, 1 unresolved\n`)).toBe(true);
});

it('stays within 100 columns, without colour codes or trailing spaces', () => {
  const [section] = TABLE3.sections;
  const long = (text: string) => `${text} and so on`.repeat(9);
  const comparisons = section!.comparisons.map((each) => ({
    ...each, where: long(each.where), quantity: long(each.quantity), from: long(each.from), ...(each.because && { because: long(each.because) }),
  }));
  const wide: Reproduction = { ...TABLE3, title: long('title'), paper: long('paper'), sections: [{ ...section!, title: long('t'), data: long('d'), comparisons, findings: [long('f')] }] };
  const lines = reproductionsText([wide, ...REPRODUCTIONS]).split('\n');
  expect(lines.filter((line) => line.length > 100 || /[^\P{C}\n]|\s$/u.test(line))).toEqual([]);
});

it('data that is missing is asked for once, at the end too', () => {
  const twice = { ...TABLE3, sections: [...TABLE3.sections, TABLE3.sections[1]!] };
  const text = reproductionsText([twice]);
  expect(text.match(/give --epoch-data FILE/g)).toHaveLength(3);
  expect(text).toContain('2 sections not run\nFor what was not run: give --epoch-data FILE, the 245 runs');
});

it('JSON has the totals, every field, and null for what is not finite', () => {
  const { totals, reproductions, version } = reproductionsJson(REPRODUCTIONS);
  expect(totals).toEqual({ reproduced: 3, differs: 2, notReproducible: 2, unresolved: 1, notRun: 1 });
  expect(version).toMatch(/^\d+\.\d+\.\d+/);
  expect(JSON.parse(JSON.stringify(reproductions))).toEqual(JSON.parse(JSON.stringify(REPRODUCTIONS)));
  expect(reproductions[1]!.sections[0]!.comparisons[2]!.ratio).toBe(null);
  expect(reproductions[0]!.sections[1]!.missing).toBe('epoch');
});
