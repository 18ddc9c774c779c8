export function addOne(p: usize, n: i32): void {
  for (let i = 0; i < n; i++) store<f64>(p + (<usize>i << 3), load<f64>(p + (<usize>i << 3)) + (ASC_FEATURE_RELAXED_SIMD ? 1.0 : 2.0));
}
