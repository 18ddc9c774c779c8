// task: softmax
// Three passes over a row.
export function forge_kernel(inputs: usize, outputs: usize, dims: usize): i32 {
  const x = <usize>load<u32>(inputs);
  const y = <usize>load<u32>(outputs);
  const rows = <usize>load<i64>(dims);
  const cols = <usize>load<i64>(dims, 8);
  for (let r: usize = 0; r < rows; r++) {
    const from = x + 4 * r * cols;
    const to = y + 4 * r * cols;
    let top = load<f32>(from);
    for (let k: usize = 1; k < cols; k++) top = max<f32>(top, load<f32>(from + 4 * k));
    let sum: f64 = 0;
    for (let k: usize = 0; k < cols; k++) {
      const e = Mathf.exp(load<f32>(from + 4 * k) - top);
      store<f32>(to + 4 * k, e);
      sum += e;
    }
    for (let k: usize = 0; k < cols; k++)
      store<f32>(to + 4 * k, <f32>(load<f32>(to + 4 * k) / sum));
  }
  return 0;
}
