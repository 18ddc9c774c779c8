// task: relu
// Four numbers at a time, and the rest one by one.
export function forge_kernel(inputs: usize, outputs: usize, dims: usize): i32 {
  const x = <usize>load<u32>(inputs);
  const y = <usize>load<u32>(outputs);
  const n = <usize>load<i64>(dims);
  const zero = f32x4.splat(0);
  let i: usize = 0;
  for (; i + 4 <= n; i += 4) v128.store(y + 4 * i, f32x4.max(v128.load(x + 4 * i), zero));
  for (; i < n; i++) store<f32>(y + 4 * i, max<f32>(load<f32>(x + 4 * i), 0));
  return 0;
}
