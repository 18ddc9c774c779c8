// Rows of frac(v(i) g) + shift mod 1 (src/sequences/lattice-rows.ts has the same in TypeScript).

/** x + s mod 1 for x, s in [0, 1). */
function shiftPair(x: v128, s: v128): v128 {
  const one = f64x2.splat(1.0);
  const y = f64x2.add(x, s);
  return f64x2.sub(y, v128.and(f64x2.ge(y, one), one));
}

function fracPair(g: v128, v: v128): v128 {
  const y = f64x2.mul(g, v);
  return f64x2.sub(y, f64x2.floor(y));
}

/** The leading 53 of 64 bits as a fraction. */
function leading53(x: v128): v128 {
  // The high 32 and the next 21 bits become doubles in [1, 2) and [2^-32, 2^-31).
  const y = i64x2.shr_u(x, 11);
  const high = v128.or(i64x2.shl(i64x2.shr_u(y, 21), 20), i64x2.splat(0x3ff0000000000000));
  const low = v128.or(
    i64x2.shl(v128.and(y, i64x2.splat(0x1fffff)), 31),
    i64x2.splat(0x3df0000000000000),
  );
  return f64x2.add(
    f64x2.sub(high, f64x2.splat(1.0)),
    f64x2.sub(low, f64x2.splat(1.0 / 4294967296.0)),
  );
}

/**
 * n rows of d coordinates frac(g_j (v_i + offset)) + s_j mod 1, where all products are exact. For odd
 * d rows go in pairs, n is even, and `g` and `s` hold their d numbers twice.
 */
export function latticeRows(
  out: usize,
  g: usize,
  s: usize,
  v: usize,
  offset: f64,
  n: i32,
  d: i32,
): void {
  const o = f64x2.splat(offset);
  const bytes: usize = (<usize>d) << 3;
  if (d & 1) {
    const middle: usize = bytes - 8;
    for (let i = 0; i < n; i += 2, v += 16) {
      const pair = f64x2.add(v128.load(v), o);
      const first = v128.shuffle<f64>(pair, pair, 0, 0);
      const second = v128.shuffle<f64>(pair, pair, 1, 1);
      let k: usize = 0;
      for (; k < middle; k += 16, out += 16) {
        v128.store(out, shiftPair(fracPair(v128.load(g + k), first), v128.load(s + k)));
      }
      v128.store(out, shiftPair(fracPair(v128.load(g + k), pair), v128.load(s + k)));
      k += 16;
      out += 16;
      for (; k < 2 * bytes; k += 16, out += 16) {
        v128.store(out, shiftPair(fracPair(v128.load(g + k), second), v128.load(s + k)));
      }
    }
    return;
  }
  for (let i = 0; i < n; i++, v += 8) {
    const f = f64x2.add(v128.load64_splat(v), o);
    for (let k: usize = 0; k < bytes; k += 16, out += 16) {
      v128.store(out, shiftPair(fracPair(v128.load(g + k), f), v128.load(s + k)));
    }
  }
}

/**
 * The same with integers of 64 bits, for any number of points: coordinates are the leading 53 bits of
 * g_j (v_i + offset) mod 2^64, plus s_j mod 1. `offset` is the address of a 64-bit word.
 */
export function latticeWords(
  out: usize,
  g: usize,
  s: usize,
  v: usize,
  offset: usize,
  n: i32,
  d: i32,
): void {
  const o = load<u64>(offset);
  const bytes: usize = (<usize>d) << 3;
  const pairs: usize = bytes & ~15;
  for (let i = 0; i < n; i++, v += 8) {
    const f = load<u64>(v) + o;
    const pair = i64x2.splat(f);
    let k: usize = 0;
    for (; k < pairs; k += 16, out += 16) {
      v128.store(out, shiftPair(leading53(i64x2.mul(v128.load(g + k), pair)), v128.load(s + k)));
    }
    if (k < bytes) {
      const x = <f64>(<i64>((load<u64>(g + k) * f) >> 11)) * (1.0 / 9007199254740992.0);
      const y = x + load<f64>(s + k);
      store<f64>(out, y - Math.floor(y));
      out += 8;
    }
  }
}

/**
 * n rows of r_j / points + s_j mod 1, where r_j starts at the state and grows by z_j mod `points` a
 * row; the state is left where the next row begins. All of them are whole numbers in doubles.
 */
export function korobovRows(
  out: usize,
  state: usize,
  z: usize,
  s: usize,
  points: f64,
  n: i32,
  d: i32,
): void {
  const bytes: usize = (<usize>d) << 3;
  for (let i = 0; i < n; i++) {
    for (let k: usize = 0; k < bytes; k += 8, out += 8) {
      const r = load<f64>(state + k);
      const y = r / points + load<f64>(s + k);
      store<f64>(out, y - Math.floor(y));
      const next = r + load<f64>(z + k);
      store<f64>(state + k, next - (next >= points ? points : 0.0));
    }
  }
}
