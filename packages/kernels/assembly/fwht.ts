// The fast Walsh-Hadamard transform in place. Stages run from the largest stride to the smallest,
// so that every element sees the same additions in the same order however the work is blocked: the
// result is that of the scalar reference bit for bit. A tile does six stages in one pass over
// memory, the blocks below live in cache.

const TILE_COLUMNS: i32 = 32;

/** One stage on `cols` columns (even) of two rows `stride` doubles apart. */
function pass2(p: usize, stride: usize, cols: usize): void {
  const s = stride << 3;
  for (const end = p + (cols << 3); p < end; p += 16) {
    const a = v128.load(p);
    const b = v128.load(p + s);
    v128.store(p, f64x2.add(a, b));
    v128.store(p + s, f64x2.sub(a, b));
  }
}

/** Two stages on four rows. */
function pass4(p: usize, stride: usize, cols: usize): void {
  const s = stride << 3;
  for (const end = p + (cols << 3); p < end; p += 16) {
    const q = p + 2 * s;
    const a = v128.load(p);
    const b = v128.load(p + s);
    const c = v128.load(q);
    const d = v128.load(q + s);
    const ac = f64x2.add(a, c);
    const bd = f64x2.add(b, d);
    const ca = f64x2.sub(a, c);
    const db = f64x2.sub(b, d);
    v128.store(p, f64x2.add(ac, bd));
    v128.store(p + s, f64x2.sub(ac, bd));
    v128.store(q, f64x2.add(ca, db));
    v128.store(q + s, f64x2.sub(ca, db));
  }
}

/** Three stages on eight rows of `from`, `stride` doubles apart, into rows of `to`. */
function pass8(from: usize, stride: usize, to: usize, toStride: usize, cols: usize): void {
  const s = stride << 3;
  const t = toStride << 3;
  for (const end = from + (cols << 3); from < end; from += 16, to += 16) {
    let p = from;
    let a0 = v128.load(p);
    let a1 = v128.load((p += s));
    let a2 = v128.load((p += s));
    let a3 = v128.load((p += s));
    let b0 = v128.load((p += s));
    let b1 = v128.load((p += s));
    let b2 = v128.load((p += s));
    let b3 = v128.load(p + s);
    const x0 = f64x2.add(a0, b0);
    const y0 = f64x2.sub(a0, b0);
    const x1 = f64x2.add(a1, b1);
    const y1 = f64x2.sub(a1, b1);
    const x2 = f64x2.add(a2, b2);
    const y2 = f64x2.sub(a2, b2);
    const x3 = f64x2.add(a3, b3);
    const y3 = f64x2.sub(a3, b3);
    a0 = f64x2.add(x0, x2);
    a1 = f64x2.add(x1, x3);
    a2 = f64x2.sub(x0, x2);
    a3 = f64x2.sub(x1, x3);
    b0 = f64x2.add(y0, y2);
    b1 = f64x2.add(y1, y3);
    b2 = f64x2.sub(y0, y2);
    b3 = f64x2.sub(y1, y3);
    p = to;
    v128.store(p, f64x2.add(a0, a1));
    v128.store((p += t), f64x2.sub(a0, a1));
    v128.store((p += t), f64x2.add(a2, a3));
    v128.store((p += t), f64x2.sub(a2, a3));
    v128.store((p += t), f64x2.add(b0, b1));
    v128.store((p += t), f64x2.sub(b0, b1));
    v128.store((p += t), f64x2.add(b2, b3));
    v128.store(p + t, f64x2.sub(b2, b3));
  }
}

/** The last two strides (2 and 1) of a run of eight, and the scaling. */
function finish8(p: usize, a: v128, b: v128, c: v128, d: v128, scale: v128): void {
  finish4(p, f64x2.add(a, b), f64x2.sub(a, b), scale);
  finish4(p + 32, f64x2.add(c, d), f64x2.sub(c, d), scale);
}

/** The last stride of a run of four: neighbours. */
function finish4(p: usize, a: v128, b: v128, scale: v128): void {
  const even = v128.shuffle<f64>(a, b, 0, 2);
  const odd = v128.shuffle<f64>(a, b, 1, 3);
  const sum = f64x2.mul(f64x2.add(even, odd), scale);
  const difference = f64x2.mul(f64x2.sub(even, odd), scale);
  v128.store(p, v128.shuffle<f64>(sum, difference, 0, 2));
  v128.store(p + 16, v128.shuffle<f64>(sum, difference, 1, 3));
}

/** The last four stages and the scaling, on runs of sixteen. */
function base16(p: usize, n: usize, scale: v128): void {
  for (const end = p + (n << 3); p < end; p += 128) {
    const a0 = v128.load(p);
    const a1 = v128.load(p, 16);
    const a2 = v128.load(p, 32);
    const a3 = v128.load(p, 48);
    const b0 = v128.load(p, 64);
    const b1 = v128.load(p, 80);
    const b2 = v128.load(p, 96);
    const b3 = v128.load(p, 112);
    const x0 = f64x2.add(a0, b0);
    const y0 = f64x2.sub(a0, b0);
    const x1 = f64x2.add(a1, b1);
    const y1 = f64x2.sub(a1, b1);
    const x2 = f64x2.add(a2, b2);
    const y2 = f64x2.sub(a2, b2);
    const x3 = f64x2.add(a3, b3);
    const y3 = f64x2.sub(a3, b3);
    finish8(p, f64x2.add(x0, x2), f64x2.add(x1, x3), f64x2.sub(x0, x2), f64x2.sub(x1, x3), scale);
    finish8(
      p + 64,
      f64x2.add(y0, y2),
      f64x2.add(y1, y3),
      f64x2.sub(y0, y2),
      f64x2.sub(y1, y3),
      scale,
    );
  }
}

/** All stages of n < 16, one number at a time. */
function small(p: usize, n: usize, scale: f64): void {
  for (let h = n >> 1; h > 0; h >>= 1) {
    for (let i: usize = 0; i < n; i++) {
      if (i & h) continue;
      const q = p + (i << 3);
      const a = load<f64>(q);
      const b = load<f64>(q + (h << 3));
      store<f64>(q, a + b);
      store<f64>(q + (h << 3), a - b);
    }
  }
  for (let i: usize = 0; i < n; i++) store<f64>(p + (i << 3), load<f64>(p + (i << 3)) * scale);
}

/**
 * Six stages (strides n/2 to n/64) on the columns from `start` to `end` of the n doubles at `p`
 * seen as 64 rows of `row` doubles; `scratch` holds 64 x 32 doubles. A pass over rows that are a
 * power of two apart would fight for the same few cache sets: the scratch rows lie side by side.
 */
export function fwhtTiles(p: usize, row: usize, start: usize, end: usize, scratch: usize): void {
  const cols: usize = TILE_COLUMNS;
  for (let c = start; c < end; c += cols) {
    for (let r: usize = 0; r < 8; r++) {
      pass8(p + ((r * row + c) << 3), row << 3, scratch + ((r * cols) << 3), cols << 3, cols);
    }
    for (let g: usize = 0; g < 8; g++) {
      pass8(scratch + ((8 * g * cols) << 3), cols, p + ((8 * g * row + c) << 3), row, cols);
    }
  }
}

/** The whole transform of the 2^m doubles at `p`, times `scale`; scratch as in `fwhtTiles`. */
export function fwhtBlock(p: usize, m: i32, scale: f64, scratch: usize): void {
  const n: usize = (<usize>1) << m;
  if (m < 4) return small(p, n, scale);
  if (m >= 14) {
    // As many stages here as make the rest a multiple of six and eight or so.
    const extra = (m - 8) % 6;
    if (extra == 0) {
      const row = n >> 6;
      fwhtTiles(p, row, 0, row, scratch);
      for (let i: usize = 0; i < 64; i++) fwhtBlock(p + ((i * row) << 3), m - 6, scale, scratch);
      return;
    }
    const stages = extra > 3 ? 3 : extra;
    const row = n >> stages;
    if (stages == 1) pass2(p, row, row);
    else if (stages == 2) pass4(p, row, row);
    else pass8(p, row, p, row, row);
    const parts: usize = (<usize>1) << stages;
    for (let i: usize = 0; i < parts; i++) {
      fwhtBlock(p + ((i * row) << 3), m - stages, scale, scratch);
    }
    return;
  }
  const end = p + (n << 3);
  let left = m - 4;
  while (left > 0) {
    const stages = left % 3 == 0 ? 3 : left % 3;
    const block: usize = (<usize>1) << (left + 4);
    const row = block >> stages;
    for (let q = p; q < end; q += block << 3) {
      if (stages == 1) pass2(q, row, row);
      else if (stages == 2) pass4(q, row, row);
      else pass8(q, row, q, row, row);
    }
    left -= stages;
  }
  base16(p, n, f64x2.splat(scale));
}

/** `fwhtBlock` of `rows` transforms one after another. */
export function fwhtRows(p: usize, rows: i32, m: i32, scale: f64, scratch: usize): void {
  const bytes: usize = (<usize>8) << m;
  for (let r = 0; r < rows; r++, p += bytes) fwhtBlock(p, m, scale, scratch);
}
