// task: relu
// rule: timeout
// Never gets through its start function.
let turns: u64 = 1;
while (turns != 0) turns += 2;

export function forge_kernel(inputs: usize, outputs: usize, dims: usize): i32 {
  const x = <usize>load<u32>(inputs);
  const y = <usize>load<u32>(outputs);
  const n = <usize>load<i64>(dims);
  for (let i: usize = 0; i < n; i++) store<f32>(y + 4 * i, max<f32>(load<f32>(x + 4 * i), 0));
  return 0;
}
