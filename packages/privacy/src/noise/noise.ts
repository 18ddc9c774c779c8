import type { RandomWords } from "./random-words.ts";

/** How noise of a given scale is drawn; `scale` is sensitivity / epsilon, both in units of the grid. */
export interface Noise {
  readonly name: string;
  /** Whether what is released keeps the promise exactly, rounding of doubles included. */
  readonly exact: boolean;
  /** Adds independent noise to each element of `values`, which are whole numbers. */
  addTo(values: Float64Array, scale: number, random: RandomWords): void;
  /** Variance of one element's noise. */
  variance(scale: number): number;
}

/** No noise, and so no privacy: for tests and as a control. */
export const noNoise: Noise = {
  name: "none",
  exact: false,
  addTo() {},
  variance: () => 0,
};
