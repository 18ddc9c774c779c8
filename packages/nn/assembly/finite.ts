/** 1 if none of the n numbers at p is NaN or infinite, else 0. */
export function allFinite(p: usize, n: i32): i32 {
  // x - x is 0 for finite x and NaN otherwise, and a NaN sticks to its sum.
  let s = f32x4.splat(0);
  let t = f32x4.splat(0);
  let u = f32x4.splat(0);
  let v = f32x4.splat(0);
  let i = 0;
  for (; i + 16 <= n; i += 16, p += 64) {
    const a = v128.load(p);
    const b = v128.load(p, 16);
    const c = v128.load(p, 32);
    const d = v128.load(p, 48);
    s = f32x4.add(s, f32x4.sub(a, a));
    t = f32x4.add(t, f32x4.sub(b, b));
    u = f32x4.add(u, f32x4.sub(c, c));
    v = f32x4.add(v, f32x4.sub(d, d));
  }
  s = f32x4.add(f32x4.add(s, t), f32x4.add(u, v));
  let rest = f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 1);
  rest += f32x4.extract_lane(s, 2) + f32x4.extract_lane(s, 3);
  for (; i < n; i++, p += 4) {
    const x = load<f32>(p);
    rest += x - x;
  }
  return rest == 0 ? 1 : 0;
}
