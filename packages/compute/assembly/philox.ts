// Philox 4x32-10 (see src/philox.ts), four blocks side by side: lane j holds block first + j.

/**
 * Writes the words of 4 * quads blocks to `out`. The counters are (low .. low + 4 * quads - 1, high,
 * s0, s1), and low does not wrap.
 */
export function philoxWords(
  out: usize,
  quads: i32,
  k0: i32,
  k1: i32,
  s0: i32,
  s1: i32,
  low: i32,
  high: i32,
): void {
  const m0 = i32x4.splat(0xd2511f53);
  const m1 = i32x4.splat(0xcd9e8d57);
  const w0 = i32x4.splat(0x9e3779b9);
  const w1 = i32x4.splat(0xbb67ae85);
  let counter = i32x4.add(i32x4.splat(low), i32x4(0, 1, 2, 3));
  for (let q = 0; q < quads; q++, out += 64) {
    let c0 = counter;
    let c1 = i32x4.splat(high);
    let c2 = i32x4.splat(s0);
    let c3 = i32x4.splat(s1);
    let a = i32x4.splat(k0);
    let b = i32x4.splat(k1);
    for (let round = 0; round < 10; round++) {
      // Four 64-bit products each; odd 32-bit lanes are their high words, even ones their low words.
      const p0 = i64x2.extmul_low_i32x4_u(c0, m0);
      const p1 = i64x2.extmul_high_i32x4_u(c0, m0);
      const q0 = i64x2.extmul_low_i32x4_u(c2, m1);
      const q1 = i64x2.extmul_high_i32x4_u(c2, m1);
      const n0 = v128.xor(v128.xor(v128.shuffle<i32>(q0, q1, 1, 3, 5, 7), c1), a);
      const n2 = v128.xor(v128.xor(v128.shuffle<i32>(p0, p1, 1, 3, 5, 7), c3), b);
      c1 = v128.shuffle<i32>(q0, q1, 0, 2, 4, 6);
      c3 = v128.shuffle<i32>(p0, p1, 0, 2, 4, 6);
      c0 = n0;
      c2 = n2;
      a = i32x4.add(a, w0);
      b = i32x4.add(b, w1);
    }
    // From lanes to blocks: a 4 x 4 transposition.
    const t0 = v128.shuffle<i32>(c0, c1, 0, 4, 1, 5);
    const t1 = v128.shuffle<i32>(c2, c3, 0, 4, 1, 5);
    const t2 = v128.shuffle<i32>(c0, c1, 2, 6, 3, 7);
    const t3 = v128.shuffle<i32>(c2, c3, 2, 6, 3, 7);
    v128.store(out, v128.shuffle<i64>(t0, t1, 0, 2));
    v128.store(out, v128.shuffle<i64>(t0, t1, 1, 3), 16);
    v128.store(out, v128.shuffle<i64>(t2, t3, 0, 2), 32);
    v128.store(out, v128.shuffle<i64>(t2, t3, 1, 3), 48);
    counter = i32x4.add(counter, i32x4.splat(4));
  }
}

/** Turns 2 n words into n uniforms, n even: 27 bits of the first word and 26 of the second. */
export function philoxUniforms(words: usize, out: usize, n: i32): void {
  const shift = f64x2.splat(67108864);
  const unit = f64x2.splat(1.0 / 9007199254740992.0);
  for (let i = 0; i < n; i += 2, words += 16, out += 16) {
    const v = v128.load(words);
    const first = v128.shuffle<i32>(i32x4.shr_u(v, 5), v, 0, 2, 0, 2);
    const second = v128.shuffle<i32>(i32x4.shr_u(v, 6), v, 1, 3, 1, 3);
    const high = f64x2.mul(f64x2.convert_low_i32x4_u(first), shift);
    v128.store(out, f64x2.mul(f64x2.add(high, f64x2.convert_low_i32x4_u(second)), unit));
  }
}
