/** What the answer rests on: the law, the choices of the fit, the sweep; each asked by itself, for the runs of the fit. */
import { Compare } from './laws-compare.tsx';
import { Multipliers } from './laws-multiplier.tsx';
import { SensitivityPart } from './laws-sensitivity.tsx';

export function LawsView() {
  return (
    <>
      <Compare />
      <SensitivityPart />
      <Multipliers />
    </>
  );
}
