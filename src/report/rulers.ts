/** Names of rulers, and what they show, in words. */
import type { Resolution, Ruler, Shape } from '../plan/rulers.ts';
import type { Emergence, EmergencePoint, RulerReading } from '../stats/emergence.ts';
import { formatNumber, formatPower } from '../units.ts';

/** "exact match of 5 tokens" */
export function rulerName(ruler: Ruler): string {
  switch (ruler.kind) {
    case 'loss': return 'loss';
    case 'token-accuracy': return 'per-token accuracy';
    case 'exact-match': return `exact match of ${tokensText(ruler.tokens)}`;
    case 'edit-distance': return `token edit distance of ${tokensText(ruler.tokens)}`;
    case 'brier': return `Brier score of ${ruler.options} options`;
    case 'multiple-choice': return `multiple choice of ${ruler.options} options`;
    case 'error': return 'downstream error';
  }
}

/** "exact 5", for the head of a column. */
export function rulerTitle(ruler: Ruler): string {
  switch (ruler.kind) {
    case 'token-accuracy': return 'per token';
    case 'exact-match': return `exact ${ruler.tokens}`;
    case 'edit-distance': return `edits ${ruler.tokens}`;
    case 'brier': return `Brier ${ruler.options}`;
    case 'multiple-choice': return `choice ${ruler.options}`;
    case 'error': return 'error';
    case 'loss': return 'loss';
  }
}

function tokensText(tokens: number): string {
  return tokens === 1 ? '1 token' : `${tokens} tokens`;
}

/** Losses to four decimals, what is a share or an error to three digits. */
export function formatReading({ kind }: Ruler, value: number): string {
  if (!Number.isFinite(value)) return '-';
  if (kind === 'loss') return value.toFixed(4);
  return value !== 0 && Math.abs(value) < 1e-3 ? formatPower(value, 2) : formatNumber(value, 3);
}

/** "smooth under loss and per-token accuracy, a jump under exact match of 30 tokens: the same models, the same loss" */
export function verdictText({ readings }: Pick<Emergence, 'readings'>): string {
  const under = (shape: Shape) => readings.filter((reading) => reading.shape === shape).map(({ ruler }) => rulerName(ruler));
  const parts = ([['smooth', 'Smooth'], ['jump', 'a jump'], ['flat', 'unchanged']] as const)
    .flatMap(([shape, word]) => (under(shape).length > 0 ? [`${word} under ${listed(under(shape))}`] : []));
  const text = parts.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${parts.length > 1 ? ': the same models, the same loss.' : '.'}`;
}

/** What a test shows of each share of right answers: from which model on it is likelier than not to show any. */
export function resolutionTexts({ points, readings }: Emergence, items: number): string[] {
  return readings.flatMap(({ ruler, resolution }) => {
    if (!resolution) return [];
    const from = resolution.findIndex(({ zero }) => zero < 0.5);
    const name = `${rulerName(ruler).charAt(0).toUpperCase()}${rulerName(ruler).slice(1)}`;
    const test = `a test of ${items} ${items === 1 ? 'item' : 'items'}`;
    if (from === 0) return [`${name}: ${test} is likelier than not to show some from the first model on.`];
    if (from < 0) return [`${name}: ${test} most likely shows zero of every model here: ${zeroText(resolution.at(-1)!)} of the last.`];
    return [`${name}: ${test} most likely shows zero of the models below ${placeText(points[from])}, and some from there on.`];
  });
}

function zeroText({ zero }: Resolution): string {
  return `with probability ${formatNumber(zero, 2)}`;
}

function placeText({ C }: EmergencePoint): string {
  return `${formatPower(C, 3)} FLOPs`;
}

/** "17", "∞" where typical steps are zero, "0" where nothing changes; the times of equal steps: "2.4×". */
export function scoreTexts({ score, shape, values }: RulerReading): { score: string; times: string } {
  if (Number.isFinite(score.value)) return { score: formatNumber(score.value, 3), times: `${formatNumber(score.value / (values.length - 1), 2)}×` };
  return shape === 'jump' ? { score: 'infinite', times: 'infinite' } : { score: '-', times: '-' };
}

/** "a, b and c" */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
