/** The device that computes, in the worker: opened once, opened again where it is lost, and the CPU where that fails too. */
import { BackendError, openBackend, ShaderError, type Backend } from '../index.ts';
import { missingWebgpu } from './webgpu.ts';

export type Choice = 'gpu' | 'cpu';

const LOST = 'The GPU was lost in mid-run. It is opened again and the work done afresh: nothing is missing.';

/** What a device throws: the library's words for it, and the browser's. Anything else would fail on the CPU too. */
function isOfDevice(error: unknown): boolean {
  return error instanceof BackendError || error instanceof ShaderError || error instanceof DOMException;
}

export class Devices {
  private readonly opened = new Map<Choice, Promise<Backend>>();
  /** Why there is no GPU to be had; undefined where there is one, or nobody asked yet. */
  without: string | undefined;
  /** Since the GPU last finished something. */
  private failures = 0;
  private readonly tell: (notice: string | undefined) => void;

  constructor(tell: (notice: string | undefined) => void) {
    this.tell = tell;
  }

  /** Says who will do the work where that is another than was chosen; forgets what was said before. */
  async announce(choice: Choice): Promise<void> {
    this.tell(choice === 'cpu' || await this.hasGpu() ? undefined : this.insteadOfGpu());
  }

  /**
   * Does the work on the device that was chosen: "gpu" is any adapter, a software one too. Where a GPU fails in mid-run,
   * it is opened again and the work starts afresh; where it fails again, or there is none, the CPU does it. Says so.
   */
  async use<T>(choice: Choice, signal: AbortSignal, work: (backend: Backend) => Promise<T>): Promise<T> {
    if (choice === 'gpu' && await this.hasGpu()) {
      const first = await this.tryGpu(signal, work);
      if (!first) this.tell(LOST);
      const result = first ?? await this.tryGpu(signal, work);
      if (result) return result.value;
    }
    if (choice === 'gpu') this.tell(this.insteadOfGpu());
    return work(await this.open('cpu'));
  }

  /** A backend by name, for those who measure both; undefined where there is no GPU. */
  async named(choice: Choice): Promise<Backend | undefined> {
    return choice === 'cpu' || await this.hasGpu() ? this.open(choice) : undefined;
  }

  private insteadOfGpu(): string {
    return `The CPU does the work. ${this.without}`;
  }

  private async hasGpu(): Promise<boolean> {
    this.without ??= this.opened.has('gpu') ? undefined : await missingWebgpu();
    return this.without === undefined;
  }

  private open(choice: Choice): Promise<Backend> {
    const known = this.opened.get(choice) ?? openBackend(choice);
    this.opened.set(choice, known);
    return known;
  }

  /** Undefined where the GPU failed, or did not open; a second failure is the last. @throws what is no failure of the device. */
  private async tryGpu<T>(signal: AbortSignal, work: (backend: Backend) => Promise<T>): Promise<{ readonly value: T } | undefined> {
    const opening = this.open('gpu');
    try {
      const backend = await opening.catch((error: Error) => { this.failed(opening, error); });
      if (!backend) return undefined;
      const value = await work(backend);
      this.failures = 0;
      return { value };
    } catch (error) {
      if (signal.aborted || !isOfDevice(error)) throw error;
      this.failed(opening, error as Error);
      return undefined;
    }
  }

  /** Other work may have met the same failure, and opened the device again. */
  private failed(opening: Promise<Backend>, { message }: Error): void {
    if (this.opened.get('gpu') !== opening) return;
    this.opened.delete('gpu');
    void opening.then((backend) => backend.close(), () => {});
    if (++this.failures > 1) this.without = `The GPU was lost and did not come back: reload the page to try it again. ${message}`;
  }
}
