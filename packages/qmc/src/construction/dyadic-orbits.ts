import { NegacyclicCorrelator } from "./negacyclic-correlator.ts";
import type { CandidateSums, Orbit, Orbits } from "./orbits.ts";

/**
 * Orbits of a lattice rule with n = 2^m points for a kernel with period 1, even, that obeys
 * w(x) + w(x + 1/2) = 2 decay w(2x), as Bernoulli polynomials do. Up to sign the odd numbers modulo
 * 2^l are the powers of 5, a cyclic group of order 2^(l-2); the points k/n split into one orbit a
 * level l. A level's correlation splits into an alternating part, done here, and one with half
 * the period, which by the kernel's law joins that of the level below.
 */
export class DyadicOrbits implements Orbits {
  readonly n: number;
  readonly size: number;
  readonly orbits: readonly Orbit[];
  readonly kernel: Float64Array;
  readonly candidates: number;
  readonly #m: number;
  readonly #decay: number;
  readonly #correlators: NegacyclicCorrelator[] = [];
  readonly #folded: Float64Array;
  readonly #alternating: Float64Array;
  readonly #sums: Float64Array;

  constructor(m: number, kernel: (x: number) => number, decay: number) {
    this.#m = m;
    this.n = 2 ** m;
    this.#decay = decay;
    this.orbits = Array.from({ length: m + 1 }, (_, level) => orbit(level));
    const last = this.orbits[m]!;
    this.size = last.start + last.length;
    this.candidates = last.length;
    this.kernel = new Float64Array(this.size);
    for (const [level, { start, length }] of this.orbits.entries()) {
      let power = level === 0 ? 0 : 1;
      for (let i = 0; i < length; i++) {
        this.kernel[start + i] = kernel(power / 2 ** level);
        power = (5 * power) % 2 ** level;
      }
    }
    for (let level = 3; level <= m; level++) {
      const { start, length } = this.orbits[level]!;
      const half = length / 2;
      const w = new Float64Array(half);
      for (let i = 0; i < half; i++) {
        w[i] = this.kernel[start + i]! - this.kernel[start + half + i]!;
      }
      this.#correlators[level] = new NegacyclicCorrelator(w);
    }
    this.#folded = new Float64Array(this.candidates);
    this.#alternating = new Float64Array(this.candidates);
    this.#sums = new Float64Array(this.candidates);
  }

  /** The power of 5, or its opposite modulo n, whichever is smaller. */
  component(a: number): number {
    let power = 1;
    let base = 5 % this.n;
    for (let bits = a; bits > 0; bits = Math.floor(bits / 2)) {
      if (bits % 2 === 1) power = (power * base) % this.n;
      base = (base * base) % this.n;
    }
    return Math.min(power, this.n - power) || power;
  }

  sums(q: Float64Array): CandidateSums {
    return this.sumsAt(q, this.#m);
  }

  /** `sums` for the first 2^m points of the sequence, whose candidates repeat with their period. */
  sumsAt(q: Float64Array, m: number): CandidateSums {
    const { kernel } = this;
    let fixed = q[0]! * kernel[0]!;
    if (m >= 1) fixed += q[1]! * kernel[1]!;
    if (m >= 2) fixed += 2 * kernel[2]! * this.#fold(q, m);
    const sums = this.#sums;
    sums[0] = 0;
    for (let level = 3; level <= m; level++) {
      const half = 2 ** (level - 3);
      // The folded alternating parts lie where `#fold` left them: level's at half..2 half - 1.
      const part = this.#alternating.subarray(half, 2 * half);
      this.#correlators[level]!.correlate(part, part);
      for (let a = 0; a < half; a++) {
        const even = sums[a]!;
        sums[a] = even + part[a]!;
        sums[a + half] = even - part[a]!;
      }
    }
    return { fixed, varying: sums.subarray(0, this.orbits[m]!.length) };
  }

  /** Splits the levels from m down to 3 into alternating parts; returns what reaches level 2. */
  #fold(q: Float64Array, m: number): number {
    const folded = this.#folded;
    const { start, length } = this.orbits[m]!;
    folded.set(q.subarray(start, start + length));
    for (let level = m; level >= 3; level--) {
      const half = 2 ** (level - 3);
      const below = this.orbits[level - 1]!.start;
      for (let i = 0; i < half; i++) {
        const x = folded[i]!;
        const y = folded[i + half]!;
        // Half for the alternating parts of q and w, twice for the points k and -k.
        this.#alternating[half + i] = x - y;
        folded[i] = q[below + i]! + this.#decay * (x + y);
      }
    }
    return folded[0]!;
  }
}

function orbit(level: number): Orbit {
  if (level < 2) return { start: level, length: 1, multiplicity: 1 };
  const length = 2 ** (level - 2);
  return { start: length + 1, length, multiplicity: 2 };
}
