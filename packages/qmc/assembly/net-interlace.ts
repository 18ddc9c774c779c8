import { Levels } from "./net-levels";

class Digits {
  /** The first 32 digits, each followed by a 0. */
  @inline
  static spread(x: u64): u64 {
    x >>= 32;
    x = (x | (x << 16)) & 0x0000ffff0000ffff;
    x = (x | (x << 8)) & 0x00ff00ff00ff00ff;
    x = (x | (x << 4)) & 0x0f0f0f0f0f0f0f0f;
    x = (x | (x << 2)) & 0x3333333333333333;
    x = (x | (x << 1)) & 0x5555555555555555;
    return x << 1;
  }
}

/**
 * Replaces n times alpha 64-bit fractions by n, in place: digit r of each is digit floor(r / alpha)
 * of number r mod alpha (Dick 2008), for the first `bits` digits.
 */
export function netInterlace(words: usize, n: i32, alpha: i32, bits: i32): void {
  let to = words;
  const mask = Levels.mask(bits);
  if (alpha == 2) {
    for (let i = 0; i < n; i++, to += 8, words += 16) {
      const second = Digits.spread(load<u64>(words, 8)) >> 1;
      store<u64>(to, (Digits.spread(load<u64>(words)) | second) & mask);
    }
    return;
  }
  for (let i = 0; i < n; i++, to += 8, words += (<usize>alpha) << 3) {
    let value: u64 = 0;
    for (let a = 0; a < alpha; a++) {
      let from = load<u64>(words + ((<usize>a) << 3));
      // The digits of one component, alpha places apart from place a on.
      for (let r = a; r < 64; r += alpha, from <<= 1) value |= (from >> 63) << u64(63 - r);
    }
    store<u64>(to, value & mask);
  }
}
