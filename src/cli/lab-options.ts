/** `isoloss lab` as it is asked for. */
import type { Asked, Options, Spec } from './command.ts';
import { refusal } from './usage.ts';
import { refused, whole } from './values.ts';

/** What is absent was not given. */
export interface LabCommand extends Asked {
  readonly name: 'lab';
  /** File or http(s) address of the table that the page begins with; the bundled replica where there is none. */
  readonly source?: string;
  port?: number;
  /** Open a browser. */
  open: boolean;
}

/** Those below belong to the system. */
const LEAST_PORT = 1024;
const MOST_PORT = 65535;

const OPTIONS: Options<LabCommand> = {
  port: { set(command, value, where) { command.port = whole(value, where, LEAST_PORT, MOST_PORT); } },
  'no-open': { flag: true, set(command) { command.open = false; } },
};

export const labSpec: Spec<LabCommand> = {
  options: OPTIONS,
  begin,
  check: () => {},
  help: async () => (await import('./lab-help.ts')).LAB_HELP,
  run: async (command, signal) => (await import('./lab.ts')).runLab(command, signal),
};

function begin(sources: readonly string[]): LabCommand {
  const [source] = sources;
  if (sources.length > 1) {
    const got = sources.map((each) => `"${each}"`).join(' and ');
    throw refusal('isoloss lab', 'one table', got, 'Quote a name that holds a space.');
  }
  if (source === '-') throw refused('isoloss lab', 'a file or an address', source, 'Write standard input to a file.');
  if (source === '') throw refused('isoloss lab', 'a file or an address', source, 'Leave it out for the bundled sweep.');
  return { name: 'lab', open: true, ...(source !== undefined && { source }) };
}
