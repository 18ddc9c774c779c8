import { NegacyclicCorrelator } from "./negacyclic-correlator.ts";
import type { CandidateSums, Orbit, Orbits } from "./orbits.ts";

/**
 * Orbits of a rule whose points other than 0 form one orbit of a cyclic group of any order: lattice
 * rules with a prime number of points, polynomial ones with an irreducible modulus. `kernel` holds
 * the value at 0 and then those along the generator's powers, each of which counts `multiplicity`
 * times.
 */
export class GroupOrbits implements Orbits {
  readonly n: number;
  readonly size: number;
  readonly orbits: readonly Orbit[];
  readonly kernel: Float64Array;
  readonly candidates: number;
  readonly #components: ArrayLike<number>;
  readonly #multiplicity: number;
  readonly #correlator: NegacyclicCorrelator;
  readonly #padded: Float64Array;

  constructor(kernel: Float64Array, components: ArrayLike<number>, multiplicity: number) {
    const order = kernel.length - 1;
    this.n = 1 + multiplicity * order;
    this.size = kernel.length;
    this.orbits = [
      { start: 0, length: 1, multiplicity: 1 },
      { start: 1, length: order, multiplicity },
    ];
    this.kernel = kernel;
    this.candidates = order;
    this.#components = components;
    this.#multiplicity = multiplicity;
    // Long enough that what wraps around falls on sums nobody reads.
    const padded = 2 ** Math.ceil(Math.log2(2 * order - 1));
    const w = new Float64Array(padded);
    w.set(kernel.subarray(1));
    w.set(kernel.subarray(1, order), order);
    this.#correlator = new NegacyclicCorrelator(w);
    this.#padded = new Float64Array(padded);
  }

  component(a: number): number {
    return this.#components[a]!;
  }

  sums(q: Float64Array): CandidateSums {
    const padded = this.#padded;
    padded.fill(0);
    padded.set(q.subarray(1));
    this.#correlator.correlate(padded, padded);
    const varying = padded.subarray(0, this.candidates);
    for (let a = 0; a < varying.length; a++) varying[a]! *= this.#multiplicity;
    return { fixed: q[0]! * this.kernel[0]!, varying };
  }
}
