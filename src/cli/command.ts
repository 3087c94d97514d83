/** What a command is to the program: its options, its help, its work. src/cli/commands.ts lists them. */

/** A command as it was asked for. */
export interface Asked {
  readonly name: string;
}

/** An option as it was written: its long name, and its value ("" where it has none). */
export interface Given {
  readonly name: string;
  readonly value: string;
}

export interface Option<C> {
  /** Its single letter. */
  readonly short?: string;
  /** It takes no value. */
  readonly flag?: true;
  /** Puts the value where it belongs. `where` names the option, "isoloss fit --seed". @throws UsageError */
  set(command: C, value: string, where: string): void;
}

/** By name, without the dashes. An option that is given more than once is set more than once, in that order. */
export type Options<C> = Readonly<Record<string, Option<C>>>;

export interface Spec<C extends Asked = Asked> {
  readonly options: Options<C>;
  /** The command before its options are read. @throws UsageError for sources that it cannot have. */
  begin(sources: readonly string[], given: readonly Given[]): C;
  /** @throws UsageError for options that do not go together. */
  check(command: C): void;
  /** What `isoloss help` prints of it, at most 100 columns wide. */
  help(): Promise<string>;
  /** Does the work; loads what it needs only then. Resolves to the exit code. */
  run(command: C, signal: AbortSignal): Promise<number>;
}
