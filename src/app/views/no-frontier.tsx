/** Stands where a law without a compute-optimal frontier has nothing to show. */
import { lawFormula } from '../../index.ts';
import { prose } from '../numbers.ts';

export function NoFrontier({ law, title }: { readonly law: string; readonly title: string }) {
  return (
    <section aria-label={title} data-no-frontier>
      <h2>{title}</h2>
      <p>The law {prose(lawFormula(law))} has no compute-optimal frontier: it does not trade parameters against tokens. Take a law of N and D in the settings.</p>
    </section>
  );
}
