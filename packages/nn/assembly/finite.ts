/** 1 if none of the n numbers at p is NaN or infinite, else 0. */
export function allFinite(p: usize, n: i32): i32 {
  // x - x is 0 for finite x and NaN otherwise, and a NaN sticks to the sum.
  let sum = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const x = v128.load(p + ((<usize>i) << 2));
    sum = f32x4.add(sum, f32x4.sub(x, x));
  }
  let rest = f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1);
  rest += f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3);
  for (; i < n; i++) {
    const x = load<f32>(p + ((<usize>i) << 2));
    rest += x - x;
  }
  return rest == 0 ? 1 : 0;
}
