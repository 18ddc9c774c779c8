// task: relu
// rule: timeout
// Waits for a number that never comes.
export function forge_kernel(inputs: usize, outputs: usize, dims: usize): i32 {
  const x = <usize>load<u32>(inputs);
  const y = <usize>load<u32>(outputs);
  const n = <usize>load<i64>(dims);
  while (n > 500 && load<f32>(x) == load<f32>(x)) store<f32>(y, load<f32>(y) + 1);
  for (let i: usize = 0; i < n; i++) store<f32>(y + 4 * i, max<f32>(load<f32>(x + 4 * i), 0));
  return 0;
}
