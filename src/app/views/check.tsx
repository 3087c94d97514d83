/** Does the law describe the runs? Predicted against measured loss, and what is left over. */
import { predictedFigure, residualsFigure } from '../../index.ts';
import { Chart } from '../chart.tsx';
import { look } from '../look.ts';
import { found } from '../state.ts';

export function CheckView() {
  return (
    <>
      <Chart name="residuals" title="Residuals" figure={() => found.value && residualsFigure(found.value.sweep, found.value.fit, look.value)}>
        Measured over predicted loss, against size, tokens and compute. A trend is what the law does not describe. Click a run, or
        lasso several, to leave it out of the fit.
      </Chart>
      <Chart name="predicted" title="Predicted against measured loss" tall
        figure={() => found.value && predictedFigure(found.value.sweep, found.value.fit, look.value)}>
        On the diagonal the law and the run agree.
      </Chart>
    </>
  );
}
