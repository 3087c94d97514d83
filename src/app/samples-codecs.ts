/** How the settings of a table of samples are written: as the options of `isoloss samples` are. */
import { InputError, parseCounts, readCount, type SampleRole, type Verifier } from '../index.ts';
import { pairs, written, type Codec } from './setting.ts';

export type SampleColumns = Readonly<Partial<Record<SampleRole, string>>>;

const ROLES: readonly string[] = ['problem', 'n', 'c', 'model', 'N', 'tokens'] satisfies SampleRole[];

/** Columns by role: "n:attempts,c:num_passed". */
export const sampleColumns: Codec<SampleColumns> = {
  read: (text) => {
    const chosen = pairs.read(text);
    const stray = Object.keys(chosen).find((role) => !ROLES.includes(role));
    if (stray === undefined) return chosen;
    throw new InputError(`expected ${ROLES.join(', ')} before the colon, got "${stray}". Write n:attempts,c:num_passed, say.`);
  },
  write: (chosen) => pairs.write(chosen),
};

/** Numbers of samples as they were written, or nothing. */
export const sampleCounts: Codec<string> = written('--at', (name, text) => {
  const stray = text.trim() === '' ? undefined : parseCounts(name, text).find((k) => !(k >= 1 && Number.isSafeInteger(k)));
  if (stray !== undefined) throw new InputError(`expected whole numbers of samples, got ${stray}.`);
});

/** "0.9:0.05": shares that it accepts, of the right samples and of the wrong ones. */
export const verifierShares: Codec<Verifier> = {
  read: (text) => {
    const shares = text.split(':').map(readCount);
    const [truePositive, falsePositive] = shares;
    if (shares.length === 2 && shares.every((share) => share >= 0 && share <= 1)) return { truePositive, falsePositive };
    throw new InputError(`expected two shares from 0 to 1 such as 0.9:0.05, got "${text.trim()}".`);
  },
  write: ({ truePositive, falsePositive }) => `${truePositive}:${falsePositive}`,
};
