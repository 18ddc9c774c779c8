import { sigmoid, softplus } from "../check.ts";
import type { Ratings } from "../ratings/ratings.ts";
import { Adam } from "./adam.ts";
import { addGradient, initialFactors, type Layout, scoreOf } from "./factors.ts";
import { MatrixFactorization } from "./matrix-factorization.ts";
import type { Settings, TrainingOptions } from "./training-options.ts";

/** Counts epochs in a row without a gain to speak of: more than five end a training. */
class Patience {
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

/** Lets messages and timers through, so that a signal can be heard. */
const breathe = () => new Promise<void>((resolve) => setTimeout(resolve));

/** Calls `epoch` until patience or epochs run out, with rests for the event loop. */
export async function trainEpochs(
  settings: Settings,
  { signal, onProgress }: Pick<TrainingOptions, "signal" | "onProgress">,
  epoch: (done: number) => number,
): Promise<{ loss: number; epochs: number }> {
  const patience = new Patience(settings.tolerance);
  for (let done = 1; ; done++) {
    signal?.throwIfAborted();
    const loss = epoch(done);
    if (onProgress) await onProgress(done, settings.epochs, loss);
    else if (done % 8 === 0) await breathe();
    if (done === settings.epochs || patience.spent(loss)) return { loss, epochs: done };
  }
}

/** A factorisation in training. */
export class Trainer {
  readonly layout: Layout;
  readonly theta: Float64Array;
  readonly adam: Adam;
  readonly logistic: boolean;
  readonly #settings: Settings;

  constructor(observed: Ratings, settings: Settings) {
    const { users, items } = observed;
    const { rank, biases, initial, loss, rate, decay, rng } = settings;
    this.#settings = settings;
    this.logistic = loss === "logistic";
    this.layout = { users, items, rank, biases };
    const mean = observed.rating.reduce((sum, r) => sum + r, 0) / observed.rating.length;
    const inner = Math.min(0.99, Math.max(0.01, mean));
    const start = this.logistic ? Math.log(inner / (1 - inner)) : mean;
    this.theta = initialFactors(this.layout, initial, start, rng);
    this.adam = new Adam(this.theta, rate, decay);
  }

  score(user: number, item: number): number {
    return scoreOf(this.theta, this.layout, user, item);
  }

  /** The loss of a score against a target: log loss, or half the square. */
  lossOf(score: number, target: number): number {
    return this.logistic ? softplus(score) - target * score : (score - target) ** 2 / 2;
  }

  /** The prediction of a score; the slope of the loss in the score is this minus the target. */
  valueOf(score: number): number {
    return this.logistic ? sigmoid(score) : score;
  }

  push(user: number, item: number, slope: number): void {
    addGradient(this.adam.gradient, this.theta, this.layout, user, item, slope);
  }

  /** One pass in random order over weighted ratings; the mean weighted loss. */
  epoch({ user, item, rating }: Ratings, weights: Float64Array): number {
    const { rng, batch } = this.#settings;
    const n = rating.length;
    const order = rng.permutation(n);
    let total = 0;
    for (let from = 0; from < n; from += batch) {
      const to = Math.min(n, from + batch);
      for (let b = from; b < to; b++) {
        const k = order[b]!;
        const [u, i] = [user[k]!, item[k]!];
        const s = this.score(u, i);
        total += weights[k]! * this.lossOf(s, rating[k]!);
        this.push(u, i, (weights[k]! * (this.valueOf(s) - rating[k]!)) / (to - from));
      }
      this.adam.step();
    }
    return total / n;
  }

  model(trainingLoss: number, epochs: number): MatrixFactorization {
    const { loss } = this.#settings;
    return new MatrixFactorization(this.theta.slice(), this.layout, { loss, trainingLoss, epochs });
  }
}
