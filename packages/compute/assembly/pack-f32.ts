/** packF64 in single precision, for panels of 4, 6 or 8. */
export function packF32(
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
  const step = (<usize>width) << 2;
  for (let p0 = 0; p0 < k; p0 += kc) {
    const kb = min(kc, k - p0);
    for (let i = i0; i < i1; i += width) {
      const panel = dst + ((padded * p0 + <usize>i * kb) << 2);
      const first = src + ((i * rs + p0 * cs) << 2);
      const present = min(width, rows - i);
      let r = 0;
      for (; r + 4 <= present; r += 4) {
        packFour(first + ((r * rs) << 2), rs, cs, kb, panel + ((<usize>r) << 2), step);
      }
      if (r + 2 <= present) {
        packTwo(first + ((r * rs) << 2), rs, cs, kb, panel + ((<usize>r) << 2), step);
        r += 2;
      }
      for (; r < width; r++) {
        packOne(first + ((r * rs) << 2), cs, kb, panel + ((<usize>r) << 2), step, r < present);
      }
    }
  }
}

function packFour(from: usize, rs: isize, cs: isize, kb: i32, to: usize, step: usize): void {
  let p = 0;
  if (cs === 1) {
    for (; p + 4 <= kb; p += 4) {
      const a = v128.load(from);
      const b = v128.load(from + (rs << 2));
      const c = v128.load(from + (rs << 3));
      const d = v128.load(from + (rs << 3) + (rs << 2));
      const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      const ef = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const gh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f64>(ab, cd, 0, 2));
      v128.store(to + step, v128.shuffle<f64>(ab, cd, 1, 3));
      v128.store(to + 2 * step, v128.shuffle<f64>(ef, gh, 0, 2));
      v128.store(to + 3 * step, v128.shuffle<f64>(ef, gh, 1, 3));
      from += 16;
      to += 4 * step;
    }
  }
  if (rs === 1) {
    for (; p < kb; p++) {
      v128.store(to, v128.load(from));
      from += cs << 2;
      to += step;
    }
  }
  for (; p < kb; p++) {
    store<f32>(to, load<f32>(from));
    store<f32>(to, load<f32>(from + (rs << 2)), 4);
    store<f32>(to, load<f32>(from + (rs << 3)), 8);
    store<f32>(to, load<f32>(from + (rs << 3) + (rs << 2)), 12);
    from += cs << 2;
    to += step;
  }
}

function packTwo(from: usize, rs: isize, cs: isize, kb: i32, to: usize, step: usize): void {
  let p = 0;
  if (cs === 1) {
    for (; p + 4 <= kb; p += 4) {
      const a = v128.load(from);
      const b = v128.load(from + (rs << 2));
      const low = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const high = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      v128.store64_lane(to, low, 0);
      v128.store64_lane(to + step, low, 1);
      v128.store64_lane(to + 2 * step, high, 0);
      v128.store64_lane(to + 3 * step, high, 1);
      from += 16;
      to += 4 * step;
    }
  }
  for (; p < kb; p++) {
    store<f32>(to, load<f32>(from));
    store<f32>(to, load<f32>(from + (rs << 2)), 4);
    from += cs << 2;
    to += step;
  }
}

function packOne(from: usize, cs: isize, kb: i32, to: usize, step: usize, present: bool): void {
  for (let p = 0; p < kb; p++) {
    store<f32>(to, present ? load<f32>(from) : 0);
    from += cs << 2;
    to += step;
  }
}
