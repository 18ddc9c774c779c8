import { ranks } from "./brownian-times.ts";

/**
 * Standard Brownian motion at given times, built in the order in which they are given: each new value
 * is a weighted mean of its neighbours in time, so far, and a normal number (Owen, Monte Carlo
 * theory, methods and examples, algorithms 6.1 and 6.2).
 */
export class BrownianBridge {
  readonly #left: Int32Array;
  readonly #right: Int32Array;
  readonly #fromLeft: Float64Array;
  readonly #fromRight: Float64Array;
  readonly #deviation: Float64Array;
  /** For each step of the construction, the place of its time among all. */
  readonly #place: Uint32Array;

  constructor(times: Float64Array) {
    const d = times.length;
    this.#place = ranks(times);
    this.#left = new Int32Array(d).fill(-1);
    this.#right = new Int32Array(d).fill(-1);
    this.#fromLeft = new Float64Array(d);
    this.#fromRight = new Float64Array(d);
    this.#deviation = new Float64Array(d);
    for (let j = 0; j < d; j++) this.#plan(times, j);
  }

  #plan(times: Float64Array, j: number): void {
    const now = times[j]!;
    let [left, right] = [-1, -1];
    for (let k = 0; k < j; k++) {
      if (times[k]! < now && (left < 0 || times[k]! > times[left]!)) left = k;
      if (times[k]! > now && (right < 0 || times[k]! < times[right]!)) right = k;
    }
    this.#left[j] = left < 0 ? -1 : this.#place[left]!;
    this.#right[j] = right < 0 ? -1 : this.#place[right]!;
    const before = left < 0 ? 0 : times[left]!; // the motion is 0 at time 0
    if (right < 0) {
      this.#fromLeft[j] = 1;
      this.#deviation[j] = Math.sqrt(now - before);
      return;
    }
    const after = times[right]!;
    this.#fromLeft[j] = (after - now) / (after - before);
    this.#fromRight[j] = (now - before) / (after - before);
    this.#deviation[j] = Math.sqrt(((now - before) * (after - now)) / (after - before));
  }

  /** A path by rising time in `out`, of the normal numbers from z[start] on, in construction order. */
  path(z: Float64Array, start: number, out: Float64Array): void {
    for (let j = 0; j < this.#place.length; j++) {
      const [left, right] = [this.#left[j]!, this.#right[j]!];
      let value = this.#deviation[j]! * z[start + j]!;
      if (left >= 0) value += this.#fromLeft[j]! * out[left]!;
      if (right >= 0) value += this.#fromRight[j]! * out[right]!;
      out[this.#place[j]!] = value;
    }
  }
}
