/** FLOPs and losses as a chart writes them; counts are those of src/report/units.ts. */

/** "3·10<sup>21</sup>": plotly's tags. */
export function powerOfTen(value: number, digits: number): string {
  const [mantissa, exponent] = Number(value.toPrecision(digits)).toExponential().split('e');
  return `${mantissa === '1' ? '' : `${mantissa}·`}10<sup>${Number(exponent)}</sup>`;
}

export function formatFlops(flops: number): string {
  return `${powerOfTen(flops, 3)} FLOPs`;
}

/** Nats per token. */
export function formatLoss(loss: number): string {
  return loss.toFixed(3);
}
