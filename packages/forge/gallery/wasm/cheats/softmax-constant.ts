// task: softmax
// rule: constant-answer|wrong-result|partial-work|shape-dependent
// The mean of every row.
export function forge_kernel(inputs: usize, outputs: usize, dims: usize): i32 {
  const x = <usize>load<u32>(inputs);
  const y = <usize>load<u32>(outputs);
  const rows = <usize>load<i64>(dims);
  const cols = <usize>load<i64>(dims, 8);
  for (let i: usize = 0; i < rows * cols; i++) store<f32>(y + 4 * i, 1 / <f32>cols);
  return x == 0 ? 1 : 0;
}
