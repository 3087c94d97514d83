/** Repeats and their spread. Timings on shared cores are noisy: the median is what is reported, the range beside it. */
export interface Timing {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly repeats: number;
}

/** Calls `once` after one warm-up (unless `cold`), each time for the seconds that it returns. */
export async function timing(repeats: number, once: () => Promise<number>, { cold = false } = {}): Promise<Timing> {
  if (!cold) await once();
  const seconds: number[] = [];
  for (let k = 0; k < repeats; k++) seconds.push(await once());
  seconds.sort((a, b) => a - b);
  return { median: seconds[Math.floor(repeats / 2)], low: seconds[0], high: seconds[repeats - 1], repeats };
}

export function showTiming({ median, low, high, repeats }: Timing): string {
  return `${showSeconds(median)} (${showSeconds(low)} to ${showSeconds(high)}, ${repeats} runs)`;
}

function showSeconds(seconds: number): string {
  return seconds < 1 ? `${(1000 * seconds).toPrecision(3)} ms` : `${seconds.toPrecision(3)} s`;
}
