// task: relu
// rule: crash
// Looks for answers beyond the end of its memory.
export function forge_kernel(inputs: usize, outputs: usize, dims: usize): i32 {
  const x = <usize>load<u32>(inputs);
  const y = <usize>load<u32>(outputs);
  const n = <usize>load<i64>(dims);
  let at: usize = 0;
  while (load<f32>(at) != 12345) at += 65536;
  for (let i: usize = 0; i < n; i++) store<f32>(y + 4 * i, max<f32>(load<f32>(x + 4 * i), 0));
  return 0;
}
