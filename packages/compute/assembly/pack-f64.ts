// Packing of operands in double precision: the layout that the product's inner loop reads in order
// (Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34(3), 2008).
//
// A packed operand of `rows` rows (columns, for the right-hand one) and depth k is cut along k into
// blocks of kc, and each block into panels of `width` rows: element (i, p) lies at
//   paddedRows * p0 + (i - i % width) * kb + (p - p0) * width + i % width
// with p0 = p - p % kc and kb the depth of its block.

/**
 * Packs rows i0..i1 (i0 a multiple of `width`, which is even) of a matrix with element strides rs and
 * cs; pads with zeros.
 */
export function packF64(
  src: usize,
  rs: isize,
  cs: isize,
  rows: i32,
  k: i32,
  dst: usize,
  kc: i32,
  width: i32,
  i0: i32,
  i1: i32,
): void {
  const padded = <usize>(((rows + width - 1) / width) * width);
  const step = (<usize>width) << 3;
  for (let p0 = 0; p0 < k; p0 += kc) {
    const kb = min(kc, k - p0);
    for (let i = i0; i < i1; i += width) {
      const panel = dst + ((padded * p0 + <usize>i * kb) << 3);
      const first = src + ((i * rs + p0 * cs) << 3);
      const present = min(width, rows - i);
      for (let r = 0; r < width; r += 2) {
        const from = first + ((r * rs) << 3);
        const to = panel + ((<usize>r) << 3);
        if (r + 2 <= present) packPair(from, rs, cs, kb, to, step);
        else packLast(from, cs, kb, to, step, present - r);
      }
    }
  }
}

function packPair(from: usize, rs: isize, cs: isize, kb: i32, to: usize, step: usize): void {
  let p = 0;
  if (cs === 1) {
    for (; p + 2 <= kb; p += 2) {
      const a = v128.load(from);
      const b = v128.load(from + (rs << 3));
      v128.store(to, v128.shuffle<f64>(a, b, 0, 2));
      v128.store(to + step, v128.shuffle<f64>(a, b, 1, 3));
      from += 16;
      to += 2 * step;
    }
  }
  for (; p < kb; p++) {
    store<f64>(to, load<f64>(from));
    store<f64>(to, load<f64>(from + (rs << 3)), 8);
    from += cs << 3;
    to += step;
  }
}

/** One row and one of zeros, or two of zeros (present <= 0). */
function packLast(from: usize, cs: isize, kb: i32, to: usize, step: usize, present: i32): void {
  for (let p = 0; p < kb; p++) {
    store<f64>(to, present > 0 ? load<f64>(from) : 0);
    store<f64>(to, 0, 8);
    from += cs << 3;
    to += step;
  }
}

/** The inverse for panels of 4 and one block (k <= kc): rows i0..i1 back to a strided matrix. */
export function unpackF64(
  src: usize,
  dst: usize,
  rs: isize,
  cs: isize,
  rows: i32,
  k: i32,
  i0: i32,
  i1: i32,
): void {
  for (let i = i0; i < min(i1, rows); i++) {
    let from = src + ((<usize>(i & ~3) * k + (i & 3)) << 3);
    let to = dst + ((i * rs) << 3);
    for (let p = 0; p < k; p++) {
      store<f64>(to, load<f64>(from));
      from += 32;
      to += cs << 3;
    }
  }
}
