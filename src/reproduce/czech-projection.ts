/** The check of variable projection in Czech et al. 2026: Epoch's runs of less than 1e21 FLOPs, by least squares. */
import { filterSweep } from '../data/filter.ts';
import { PROJECTION } from '../paper/czech-bias.ts';
import { compare, type Comparison } from './comparison.ts';
import { projectLaw } from './projection.ts';
import { fitIn, withoutOutliers } from './refits.ts';
import { missingSection, type Context, type Section } from './reproduction.ts';
import { inWords } from './words.ts';

const TITLE = "Variable projection on Epoch's runs";

type Constants = Readonly<Record<'E' | 'A' | 'B' | 'alpha' | 'beta', number>>;

export async function checkProjection(context: Context): Promise<Section> {
  const { epoch } = context.data;
  if (epoch === undefined) return missingSection(TITLE, "Epoch's runs", 'epoch');
  const sweep = filterSweep(withoutOutliers(epoch), { where: [`C<${PROJECTION.below}`] });
  const { residual, ...law } = projectLaw(sweep);
  const { params } = await fitIn(context, sweep, { loss: 'squares-log' });
  return {
    title: TITLE,
    data: `Epoch's ${sweep.loss.length} runs of less than ${inWords(PROJECTION.below)} FLOPs`,
    comparisons: [
      compare({ quantity: 'runs', where: 'their repository', published: PROJECTION.runs, ours: sweep.loss.length, from: 'the filter of the check' }),
      ...constants('least squares of the loss', 'variable projection', PROJECTION.loss, law),
      compare({
        quantity: 'sum of squared residuals, nats²', where: 'least squares of the loss', published: PROJECTION.loss.residual, ours: residual,
        from: 'variable projection', digits: 5,
      }),
      ...constants('least squares of the log loss', "isoloss's fit of least squares", PROJECTION.logLoss, params as Constants),
    ],
    findings: [
      `Least squares of the loss and of its logarithm differ by more than a detail: beta is ${inWords(law.beta)} by the one, ${inWords(params.beta)} by the other.`,
    ],
    charts: [],
  };
}

/** A and B as theirs, of N in millions and D in billions. */
function constants(where: string, from: string, published: Constants, { E, A, B, alpha, beta }: Constants): Comparison[] {
  const ours: Constants = { E, A: A / 1e6 ** alpha, B: B / 1e9 ** beta, alpha, beta };
  return (['E', 'A', 'B', 'alpha', 'beta'] as const).map((quantity) => compare({
    quantity, where, published: published[quantity], ours: ours[quantity], from, tolerance: halfUnit(published[quantity]),
  }));
}

/** All of them have four decimals. */
const halfUnit = (published: number): number => 0.5e-4 / published;
