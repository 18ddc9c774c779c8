import { type Rng, unsupportedError } from "@daily-kernel/compute";

/** Words in the first refill, for releases of a few numbers; each later one takes twice as many. */
const FIRST = 128;
/** Words in a refill at most: what `crypto.getRandomValues` gives at once. */
const MOST = 16_384;

/** Uniform random 32-bit words in bulk, and exact uniform integers from them. */
export class RandomWords {
  readonly #refill: (out: Uint32Array<ArrayBuffer>) => void;
  #buffer = new Uint32Array(FIRST / 2);
  #at = FIRST / 2;

  constructor(refill: (out: Uint32Array<ArrayBuffer>) => void) {
    this.#refill = refill;
  }

  /** A uniform word in 0..2^32-1. */
  next(): number {
    if (this.#at === this.#buffer.length) {
      if (this.#at < MOST) this.#buffer = new Uint32Array(2 * this.#at);
      this.#refill(this.#buffer);
      this.#at = 0;
    }
    return this.#buffer[this.#at++]!;
  }

  /** A uniform integer in 0..n-1 for n in 1..2^53, without bias: words cut to n's bits, redrawn above. */
  below(n: number): number {
    if (n <= 1) return 0;
    if (n <= 0x1_0000_0000) {
      const mask = 0xffff_ffff >>> Math.clz32(n - 1);
      for (;;) {
        const x = (this.next() & mask) >>> 0;
        if (x < n) return x;
      }
    }
    const high = Math.floor((n - 1) / 0x1_0000_0000);
    const mask = 0xffff_ffff >>> Math.clz32(high);
    for (;;) {
      const x = ((this.next() & mask) >>> 0) * 0x1_0000_0000 + this.next();
      if (x < n) return x;
    }
  }

  /** A uniform multiple of 2^-53 in [0, 1). */
  uniform(): number {
    const high = this.next() >>> 5;
    return (high * 0x400_0000 + (this.next() >>> 6)) / 2 ** 53;
  }
}

/**
 * The words that noise is made of: the platform's cryptographic generator, or, where a caller gives one,
 * a seeded `Rng`. Whoever knows the seed can subtract the noise, hence the option's name.
 */
export function randomWords(unsafeRng: Rng | undefined): RandomWords {
  if (unsafeRng === undefined) {
    const { crypto } = globalThis;
    if (crypto?.getRandomValues === undefined) {
      throw unsupportedError(
        "randomWords: this runtime has no crypto.getRandomValues to draw noise from; give unsafeRng",
      );
    }
    return new RandomWords((out) => crypto.getRandomValues(out));
  }
  return new RandomWords((out) => unsafeRng.fillUint32(out));
}
