/** Powers of ten in texts are raised, and nothing else is changed. */
import { expect, it } from 'vitest';
import { raisedHtml } from '../../src/document/titled-table.ts';

it.each([
  ['1e24 FLOPs, 5.76e23.', '10<sup>24</sup> FLOPs, 5.76·10<sup>23</sup>.'],
  ['-1.5e-7 to -0.3', '−1.5·10<sup>−7</sup> to −0.3'],
  ['1.2345678e24', '1.2345678·10<sup>24</sup>'],
  ['sweep-1e21.csv, runs/1e21.csv, v1e21, 1e21x', 'sweep-1e21.csv, runs/1e21.csv, v1e21, 1e21x'],
  ['<b>1e3</b>', '&#60;b&#62;10<sup>3</sup>&#60;/b&#62;'],
])('%s', (text, want) => {
  expect(raisedHtml(text).text).toBe(want);
});
