/** Lets other tasks run, and an abort be seen, after every so much work. */
export class Breather {
  readonly #signal: AbortSignal | undefined;
  readonly #budget: number;
  #spent = 0;

  /** `budget` is in the units that `spend` counts; about 30 ms of work. */
  constructor(signal: AbortSignal | undefined, budget: number) {
    this.#signal = signal;
    this.#budget = budget;
    signal?.throwIfAborted();
  }

  async spend(work: number): Promise<void> {
    this.#spent += work;
    if (this.#spent < this.#budget) return;
    this.#spent = 0;
    await new Promise((resume) => setTimeout(resume, 0));
    this.#signal?.throwIfAborted();
  }
}
