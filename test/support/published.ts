/**
 * Closed-form frontiers, N_opt = G·(C/6)^a and D_opt = (C/6)^b/G, for the published constants of the law, to the
 * digits printed here. Worked out outside the project from Hoffmann et al. 2022, Eq. 4; the constants are facts of
 * Hoffmann et al. 2022, Eq. 10, and Besiroglu et al. 2024, Table 1.
 */
interface Published {
  readonly name: string;
  readonly params: Readonly<Record<'E' | 'A' | 'B' | 'alpha' | 'beta', number>>;
  /** Exponent a, G, γ = αβ/(α + β), and K of L = E + K·(C/6)^−γ on the frontier. */
  readonly constants: readonly [a: string, G: string, gamma: string, K: string];
  /** C, N, D, L. */
  readonly rows: readonly (readonly [C: number, N: string, D: string, loss: string])[];
}

export const FRONTIERS: readonly Published[] = [
  {
    name: 'Eq. 10 as printed',
    params: { E: 1.69, A: 406.4, B: 410.7, alpha: 0.34, beta: 0.28 },
    constants: ['0.451613', '1.3447106', '0.153548', '813.68'],
    rows: [
      [1e18, '8.058198e7', '2.068287e9', '3.535298'],
      [1e19, '2.279559e8', '7.311355e9', '2.985741'],
      [1e20, '6.448575e8', '2.584550e10', '2.599850'],
      [1e21, '1.824218e9', '9.136336e10', '2.328883'],
      [1e22, '5.160474e9', '3.229678e11', '2.138614'],
      [1e23, '1.459831e10', '1.141685e12', '2.005010'],
      [5.76e23, '3.218986e10', '2.982306e12', '1.930748'],
      [1e24, '4.129670e10', '4.035835e12', '1.911195'],
      [1e25, '1.168230e11', '1.426660e13', '1.845320'],
      [1e26, '3.304770e11', '5.043216e13', '1.799063'],
    ],
  },
  {
    name: 'Eq. 10 unrounded',
    params: {
      E: Math.exp(0.5267228), A: Math.exp(6.0073404), B: Math.exp(6.0179186), alpha: 0.33917084, beta: 0.2849083,
    },
    constants: ['0.456526', '1.3000464', '0.154840', '814.40'],
    rows: [
      [1e18, '9.466275e7', '1.760636e9', '3.448070'],
      [1e19, '2.708352e8', '6.153805e9', '2.921836'],
      [1e20, '7.748737e8', '2.150888e10', '2.553419'],
      [1e21, '2.216955e9', '7.517819e10', '2.295491'],
      [1e22, '6.342826e9', '2.627641e11', '2.114916'],
      [1e23, '1.814716e10', '9.184173e11', '1.988495'],
      [5.76e23, '4.036094e10', '2.378537e12', '1.918412'],
      [1e24, '5.191999e10', '3.210067e12', '1.899988'],
      [1e25, '1.485458e11', '1.121988e13', '1.838024'],
      [1e26, '4.249976e11', '3.921591e13', '1.794643'],
    ],
  },
  {
    name: 'Besiroglu et al.',
    params: { E: 1.8172, A: 482.01, B: 2085.43, alpha: 0.3478, beta: 0.3658 },
    constants: ['0.512612', '0.11962985', '0.178286', '1967.86'],
    rows: [
      [1e18, '8.053186e7', '2.069574e9', '3.490492'],
      [1e19, '2.621681e8', '6.357244e9', '2.927103'],
      [1e20, '8.534773e8', '1.952796e10', '2.553405'],
      [1e21, '2.778459e9', '5.998528e10', '2.305529'],
      [1e22, '9.045158e9', '1.842606e11', '2.141111'],
      [1e23, '2.944613e10', '5.660053e11', '2.032052'],
      [5.76e23, '7.224870e10', '1.328744e12', '1.974441'],
      [1e24, '9.586065e10', '1.738635e12', '1.959712'],
      [1e25, '3.120703e11', '5.340676e12', '1.911729'],
      [1e26, '1.015932e12', '1.640530e13', '1.879902'],
    ],
  },
];

/** Half a unit of the last printed digit of "8.058198e7" or "0.1535". */
export function halfDigit(printed: string): number {
  const [digits, exponent = '0'] = printed.split('e');
  return 0.5 * 10 ** (Number(exponent) - (digits.split('.')[1] ?? '').length);
}
