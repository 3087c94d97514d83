/** Texts of the library as the page says them. */
import { expect, it } from 'vitest';
import { prose } from '../../src/app/numbers.ts';

it.each([
  ['alpha, the exponent of N, moves most with the loss: from 0.3 to 0.4.', 'α, the exponent of N, moves most with the loss: from 0.3 to 0.4.'],
  ['delta 1e-4 nats', 'δ 10⁻⁴ nats'],
  ['alpha = beta, alpha_N and beta[web]', 'α = β, α_N and β[web]'],
  ['Hold it by --fix, as in --fix alpha=VALUE, of chinchilla-gamma', 'Hold it by --fix, as in --fix alpha=VALUE, of chinchilla-gamma'],
])('%s', (text, said) => {
  expect(prose(text)).toBe(said);
});
