import type { Settings, TrainingOptions } from "./training-options.ts";

/** More than five epochs in a row that gain less than `tolerance` of the loss over the best so far. */
export class InARow {
  #best = Infinity;
  #idle = 0;
  readonly #tolerance: number;

  constructor(tolerance: number) {
    this.#tolerance = tolerance;
  }

  /** Whether it is over. */
  spent(loss: number): boolean {
    const gains = loss < this.#best - this.#tolerance * Math.abs(loss);
    this.#idle = gains ? 0 : this.#idle + 1;
    this.#best = Math.min(this.#best, loss);
    return this.#idle > 5;
  }
}

/** More than six epochs, in a row or not, that gained too little over the one before. */
export class InAll {
  #last = 1e9;
  #idle = 0;
  readonly #tolerance: number;

  constructor(tolerance: number) {
    this.#tolerance = tolerance;
  }

  spent(loss: number): boolean {
    const idle = (this.#last - loss) / (this.#last + 1e-10) < this.#tolerance;
    const over = idle && this.#idle > 5;
    if (idle) this.#idle++;
    this.#last = loss;
    return over;
  }
}

/** Lets messages and timers through, so that a signal can be heard. */
const breathe = () => new Promise<void>((resolve) => setTimeout(resolve));

/** Calls `epoch` until patience or epochs run out, with rests for the event loop. */
export async function trainEpochs(
  settings: Settings,
  { signal, onProgress }: Pick<TrainingOptions, "signal" | "onProgress">,
  epoch: (done: number) => number,
): Promise<{ loss: number; epochs: number }> {
  const { tolerance } = settings;
  const patience =
    settings.patience === "cumulative" ? new InAll(tolerance) : new InARow(tolerance);
  for (let done = 1; ; done++) {
    signal?.throwIfAborted();
    const loss = epoch(done);
    if (onProgress) await onProgress(done, settings.epochs, loss);
    else if (done % 8 === 0) await breathe();
    if (done === settings.epochs || patience.spent(loss)) return { loss, epochs: done };
  }
}
