// task: relu
// rule: crash
// Grows its memory until there is no more, and needs more.
export function forge_kernel(inputs: usize, outputs: usize, dims: usize): i32 {
  const x = <usize>load<u32>(inputs);
  const y = <usize>load<u32>(outputs);
  const n = <usize>load<i64>(dims);
  while (memory.grow(256) >= 0) store<u32>(((<usize>memory.size()) << 16) - 4, 1);
  store<u32>((<usize>memory.size()) << 16, 1);
  for (let i: usize = 0; i < n; i++) store<f32>(y + 4 * i, max<f32>(load<f32>(x + 4 * i), 0));
  return 0;
}
