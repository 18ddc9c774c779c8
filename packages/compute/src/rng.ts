import { allocate, checkArrayLike, checkType } from "./checks.ts";
import { domainError } from "./errors.ts";
import { type PhiloxStream, philoxFill } from "./philox.ts";
import { beta, gamma } from "./rng-gamma.ts";
import { cosSinTurns, log } from "./rng-math.ts";
import { childStream, words64 } from "./rng-seed.ts";
import { fillVariates, fillWords } from "./rng-wasm.ts";

type Floats = Float64Array | Float32Array;

const TWO53 = 2 ** 53;
/** A block's number counts exactly up to 2^53; the margin is more than any array holds. */
const MOST_BLOCKS = TWO53 - 2 ** 40;
/** Words in flight during a fill: a multiple of 4 that stays in the first-level cache. */
const scratch = new Uint32Array(2048);
const pair = new Float64Array(2);

/** 27 bits of the first word and 26 of the second. */
function toUniform(first: number, second: number): number {
  return ((first >>> 5) * 0x400_0000 + (second >>> 6)) / TWO53;
}

function requireFloats(where: string, out: unknown): void {
  const floats = out instanceof Float64Array || out instanceof Float32Array;
  checkType(floats, `Rng.${where}`, "out", "a Float64Array or Float32Array", out);
}

/** Two standard normals into `pair`, from u, v in [0, 1) (Box and Muller 1958). */
function boxMuller(u: number, v: number): void {
  cosSinTurns(v, pair);
  const radius = Math.sqrt(-2 * log(1 - u));
  pair[0]! *= radius;
  pair[1]! *= radius;
}

/**
 * A seeded stream of random numbers: Philox 4x32-10 in counter mode. The same (seed, stream) gives
 * the same numbers on every machine, thread and engine, to the last bit, normals included.
 *
 * `seed`, and `stream` when a number, are integers in 0..2^53-1, or bigints in 0..2^64-1; a string
 * names a stream. Different streams of a seed are independent. A named stream is the child of
 * that name of stream 0; for a numbered one the words are those of cuRAND's Philox with that seed
 * and subsequence.
 *
 * Throws `TypeError` or `RangeError` for any other seed or stream.
 */
export class Rng {
  readonly #id: PhiloxStream;
  readonly #buffer = new Uint32Array(4);
  #block = 0; // next block to encrypt
  #used = 4; // words of the buffer already given out
  #spare = 0; // second normal of a Box-Muller pair
  #hasSpare = false;

  constructor(seed: number | bigint, stream: number | bigint | string = 0) {
    this.#id = {
      key: words64(seed, "Rng: seed"),
      stream:
        typeof stream === "string"
          ? childStream([0, 0], stream, "Rng: stream")
          : words64(stream, "Rng: stream"),
    };
  }

  /**
   * An independent generator, determined by this one's seed and stream and by `name` alone: neither
   * what was drawn before nor the order of spawning matters. `name` is a string, or an integer in
   * 0..2^53-1 (3 and "3" differ).
   */
  spawn(name: string | number): Rng {
    const [low, high] = childStream(this.#id.stream, name, "Rng.spawn: name");
    const [key0, key1] = this.#id.key;
    return new Rng(join64(key0, key1), join64(low, high));
  }

  /**
   * Skips `n` words (`uint32` takes one, `uniform` and `exponential` two, a pair of normals four).
   * Throws `RangeError` at the end of the stream, beyond about 2^55 words.
   */
  skip(n: number): void {
    checkType(typeof n === "number", "Rng.skip", "n", "a number", n);
    if (!Number.isSafeInteger(n) || n < 0) {
      throw domainError(`Rng.skip: n must be an integer in 0..2^53-1, got ${n}`);
    }
    if (this.#block + n / 4 > MOST_BLOCKS) {
      throw domainError(`Rng.skip: n must end within the stream's 2^55 words, got ${n}`);
    }
    this.#hasSpare = false;
    const left = 4 - this.#used;
    if (n <= left) {
      this.#used += n;
      return;
    }
    const rest = (n - left) % 4;
    this.#block += (n - left - rest) / 4;
    this.#used = 4;
    if (rest > 0) {
      this.#refill();
      this.#used = rest;
    }
  }

  #refill(): void {
    philoxFill(this.#buffer, 0, 1, this.#id, this.#block++);
    this.#used = 0;
  }

  /** Uniform integer in 0..2^32-1. */
  uint32(): number {
    if (this.#used === 4) this.#refill();
    return this.#buffer[this.#used++]!;
  }

  /** Uniform multiple of 2^-53 in [0, 1). */
  uniform(): number {
    const high = this.uint32();
    return toUniform(high, this.uint32());
  }

  /** Standard normal variate, by pairs (Box and Muller 1958); |x| < 8.6. */
  normal(): number {
    if (this.#hasSpare) {
      this.#hasSpare = false;
      return this.#spare;
    }
    const u = this.uniform();
    boxMuller(u, this.uniform());
    this.#spare = pair[1]!;
    this.#hasSpare = true;
    return pair[0]!;
  }

  /** Exponential variate of mean 1, by inversion; in [0, 36.8]. */
  exponential(): number {
    return -log(1 - this.uniform());
  }

  /** Gamma variate with the given shape > 0 and scale 1 (see `rng-gamma.ts`). */
  gamma(shape: number): number {
    return gamma(this, shape);
  }

  /** Beta(a, b) variate, a, b > 0, in [0, 1]. */
  beta(a: number, b: number): number {
    return beta(this, a, b);
  }

  /** Uniform integer in 0..n-1, without bias, for an integer n in 1..2^53. */
  integer(n: number): number {
    checkType(typeof n === "number", "Rng.integer", "n", "a number", n);
    if (!Number.isInteger(n) || n < 1 || n > TWO53) {
      throw domainError(`Rng.integer: n must be an integer in 1..2^53, got ${n}`);
    }
    // The range is cut to a whole number of copies of 0..n-1; what falls above is drawn again.
    if (n <= 0x1_0000_0000) {
      const end = 0x1_0000_0000 - (0x1_0000_0000 % n);
      for (;;) {
        const x = this.uint32();
        if (x < end) return x % n;
      }
    }
    const end = TWO53 - (TWO53 % n);
    for (;;) {
      const x = this.uniform() * TWO53;
      if (x < end) return x % n;
    }
  }

  /** Shuffles `array` in place, every order equally likely (Fisher and Yates; Durstenfeld 1964). */
  shuffle<A extends { [index: number]: unknown; readonly length: number }>(array: A): A {
    checkArrayLike("Rng.shuffle", "array", "an array", array);
    for (let i = array.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const held = array[i];
      array[i] = array[j];
      array[j] = held;
    }
    return array;
  }

  /** A uniform random order of 0..n-1, for an integer n in 0..2^32-1. */
  permutation(n: number): Uint32Array<ArrayBuffer> {
    checkType(typeof n === "number", "Rng.permutation", "n", "a number", n);
    if (!Number.isInteger(n) || n < 0 || n > 0xffff_ffff) {
      throw domainError(`Rng.permutation: n must be an integer in 0..2^32-1, got ${n}`);
    }
    const order = allocate("Rng.permutation", Uint32Array, n);
    for (let i = 0; i < n; i++) order[i] = i;
    return this.shuffle(order);
  }

  /** Fills `out` with what as many calls of `uint32` would give. Returns `out`. */
  fillUint32<A extends Uint32Array>(out: A): A {
    checkType(out instanceof Uint32Array, "Rng.fillUint32", "out", "a Uint32Array", out);
    const n = out.length;
    let i = 0;
    while (i < n && this.#used < 4) out[i++] = this.uint32();
    const blocks = Math.floor((n - i) / 4);
    const fast = fillWords(out.subarray(i), blocks, this.#id, this.#block);
    philoxFill(out, i + 4 * fast, blocks - fast, this.#id, this.#block + fast);
    this.#block += blocks;
    i += 4 * blocks;
    while (i < n) out[i++] = this.uint32();
    return out;
  }

  /**
   * Fills `out` with what as many calls of `uniform` would give. A Float32Array gets them rounded
   * down to multiples of 2^-24, so that 1 stays out of reach. Returns `out`.
   */
  fillUniform<A extends Floats>(out: A): A {
    requireFloats("fillUniform", out);
    if (out instanceof Float32Array) {
      this.#fill(out.length, 2, (words, at, count) => {
        for (let i = 0; i < count; i++) out[at + i] = (words[2 * i]! >>> 8) / 0x100_0000;
      });
      return out;
    }
    const done = this.#fast(out, "uniforms");
    this.#fill(out.length - done, 2, (words, at, count) => {
      const to = done + at;
      for (let i = 0; i < count; i++) out[to + i] = toUniform(words[2 * i]!, words[2 * i + 1]!);
    });
    return out;
  }

  /** Fills `out` with what as many calls of `normal` would give. Returns `out`. */
  fillNormal<A extends Floats>(out: A): A {
    requireFloats("fillNormal", out);
    let from = 0;
    if (out.length > 0 && this.#hasSpare) out[from++] = this.normal();
    from += this.#fast(out.subarray(from), "normals");
    const pairs = Math.floor((out.length - from) / 2);
    this.#fill(pairs, 4, (w, at, count) => {
      for (let i = 0; i < count; i++) {
        const j = 4 * i;
        boxMuller(toUniform(w[j]!, w[j + 1]!), toUniform(w[j + 2]!, w[j + 3]!));
        out[from + 2 * (at + i)] = pair[0]!;
        out[from + 2 * (at + i) + 1] = pair[1]!;
      }
    });
    from += 2 * pairs;
    if (from < out.length) out[from] = this.normal();
    return out;
  }

  /** Fills `out` with what as many calls of `exponential` would give. Returns `out`. */
  fillExponential<A extends Floats>(out: A): A {
    requireFloats("fillExponential", out);
    const done = this.#fast(out, "exponentials");
    this.#fill(out.length - done, 2, (words, at, count) => {
      const to = done + at;
      for (let i = 0; i < count; i++) {
        out[to + i] = -log(1 - toUniform(words[2 * i]!, words[2 * i + 1]!));
      }
    });
    return out;
  }

  /** Fills the front of `out` in WebAssembly where that can be; returns how many numbers it wrote. */
  #fast(out: Floats, kind: "uniforms" | "exponentials" | "normals"): number {
    if (this.#used !== 4) return 0;
    const blocks = fillVariates(out, kind, this.#id, this.#block);
    this.#block += blocks;
    return 2 * blocks;
  }

  /** Draws `n` items of `width` words each and hands them to `put`, a scratchful at a time. */
  #fill(
    n: number,
    width: number,
    put: (words: Uint32Array, at: number, count: number) => void,
  ): void {
    const most = scratch.length / width;
    for (let at = 0; at < n; at += most) {
      const count = Math.min(most, n - at);
      this.fillUint32(scratch.subarray(0, count * width));
      put(scratch, at, count);
    }
  }
}

function join64(low: number, high: number): bigint {
  return (BigInt(high) << 32n) | BigInt(low);
}
