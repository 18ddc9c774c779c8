// Scrambling of 64-bit fractions by a hash in which every digit depends on itself and on those above
// it only (after Laine and Karras 2011): the fast form of src/sequences/net/owen-hash.ts.
import { Levels } from "./net-levels";

class Digits {
  @inline
  static reverse(x: u64): u64 {
    x = ((x >> 1) & 0x5555555555555555) | ((x & 0x5555555555555555) << 1);
    x = ((x >> 2) & 0x3333333333333333) | ((x & 0x3333333333333333) << 2);
    x = ((x >> 4) & 0x0f0f0f0f0f0f0f0f) | ((x & 0x0f0f0f0f0f0f0f0f) << 4);
    return bswap<u64>(x);
  }

  @inline
  static round(x: u64, summand: u64, factor: u64): u64 {
    x = (x + summand) * (factor | 1);
    return x ^ ((x * x) << 1);
  }
}

/**
 * Scrambles n points of `components` fractions in place and keeps their first `bits` digits. `keys`
 * holds eight 64-bit words a component; `lookup` as for `netTree`.
 */
export function netHash(
  words: usize,
  n: i32,
  components: i32,
  bits: i32,
  keys: usize,
  lookup: usize,
): void {
  const stride = (<usize>components) << 3;
  const mask = Levels.mask(bits);
  for (let c = 0; c < components; c++, keys += 64, words += 8) {
    const a = load<u64>(keys);
    const b = load<u64>(keys, 8);
    const s0 = load<u64>(keys, 16);
    const f0 = load<u64>(keys, 24);
    const s1 = load<u64>(keys, 32);
    const f1 = load<u64>(keys, 40);
    const s2 = load<u64>(keys, 48);
    const f2 = load<u64>(keys, 56);
    for (let i = 0, at = words; i < n; i++, at += stride) {
      let x = Digits.reverse(load<u64>(at));
      x = Digits.round(x, s0, f0);
      x = Digits.round(x, s1, f1);
      x = Digits.round(x, s2, f2);
      x = Digits.reverse(x);
      const top = Levels.scramble7(a, b, x >> 57, lookup);
      store<u64>(at, ((top << 57) | ((x << 7) >> 7)) & mask);
    }
  }
}
