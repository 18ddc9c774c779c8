/**
 * Replaces n times alpha 64-bit fractions by n, in place: digit r of each is digit floor(r / alpha)
 * of number r mod alpha (Dick 2008), for the first `bits` digits.
 */
export function netInterlace(words: usize, n: i32, alpha: i32, bits: i32): void {
  let to = words;
  for (let i = 0; i < n; i++, to += 8, words += (<usize>alpha) << 3) {
    let value: u64 = 0;
    for (let a = 0; a < alpha; a++) {
      let from = load<u64>(words + ((<usize>a) << 3));
      // The digits of one component, alpha places apart from place a on.
      for (let r = a; r < bits; r += alpha, from <<= 1) value |= (from >> 63) << u64(63 - r);
    }
    store<u64>(to, value);
  }
}
