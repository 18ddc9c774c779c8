import { type Weights, zerosLike } from "./parameters.ts";

/** Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019) of matrices. */
export class Adam {
  readonly #first: Weights;
  readonly #second: Weights;
  readonly #decay: number;
  #step = 0;

  constructor(weights: Weights, decay: number) {
    this.#first = zerosLike(weights);
    this.#second = zerosLike(weights);
    this.#decay = decay;
  }

  /** Moves the weights against their gradients. */
  update(weights: Weights, gradients: Weights, rate: number): void {
    this.#step++;
    const size = (rate * Math.sqrt(1 - 0.999 ** this.#step)) / (1 - 0.9 ** this.#step);
    for (const [name, { data, shape }] of Object.entries(weights)) {
      const g = gradients[name]!.data;
      const [m, v] = [this.#first[name]!.data, this.#second[name]!.data];
      const kept = shape.length > 1 ? 1 - rate * this.#decay : 1;
      for (let i = 0; i < data.length; i++) {
        m[i] = 0.9 * m[i]! + 0.1 * g[i]!;
        v[i] = 0.999 * v[i]! + 0.001 * g[i]! * g[i]!;
        data[i] = data[i]! * kept - (size * m[i]!) / (Math.sqrt(v[i]!) + 1e-8);
      }
    }
  }
}
