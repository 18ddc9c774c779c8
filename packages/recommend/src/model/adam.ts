/** Adam (Kingma and Ba 2015) with the decay of weights as part of the gradient. */
export class Adam {
  readonly #theta: Float64Array;
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  readonly #rate: number;
  readonly #decay: number;
  /** The power of each decay rate, for the correction of the bias. */
  #power1 = 1;
  #power2 = 1;
  /** Filled by the caller; a step sets it to 0. */
  readonly gradient: Float64Array;

  constructor(theta: Float64Array, rate: number, decay: number) {
    this.#theta = theta;
    this.#rate = rate;
    this.#decay = decay;
    this.#first = new Float64Array(theta.length);
    this.#second = new Float64Array(theta.length);
    this.gradient = new Float64Array(theta.length);
  }

  step(): void {
    const { gradient } = this;
    const theta = this.#theta;
    const first = this.#first;
    const second = this.#second;
    this.#power1 *= 0.9;
    this.#power2 *= 0.999;
    const rate = this.#rate / (1 - this.#power1);
    const scale = 1 / Math.sqrt(1 - this.#power2);
    for (let k = 0; k < theta.length; k++) {
      const g = gradient[k]! + this.#decay * theta[k]!;
      const m = 0.9 * first[k]! + 0.1 * g;
      const v = 0.999 * second[k]! + 0.001 * g * g;
      first[k] = m;
      second[k] = v;
      theta[k]! -= (rate * m) / (Math.sqrt(v) * scale + 1e-8);
      gradient[k] = 0;
    }
  }
}
