/** Does the law describe the runs? Predicted against measured loss, and what is left over. */
import { predictedFigure, residualsFigure } from '../../index.ts';
import { FitChart } from '../chart.tsx';
import { look } from '../look.ts';
import { found } from '../state.ts';

export function CheckView() {
  return (
    <>
      <FitChart name="residuals" tall={look.value.compact} figure={() => found.value && residualsFigure(found.value.sweep, found.value.fit, look.value)}>
        Click a run, or lasso several, to leave it out of the fit.
      </FitChart>
      <FitChart name="predicted" tall={!look.value.compact} figure={() => found.value && predictedFigure(found.value.sweep, found.value.fit, look.value)} />
    </>
  );
}
