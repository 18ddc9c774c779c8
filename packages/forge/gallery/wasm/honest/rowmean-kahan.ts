// task: rowmean
// Sums with a correction for what rounding lost.
export function forge_kernel(inputs: usize, outputs: usize, dims: usize): i32 {
  const x = <usize>load<u32>(inputs);
  const y = <usize>load<u32>(outputs);
  const rows = <usize>load<i64>(dims);
  const cols = <usize>load<i64>(dims, 8);
  for (let r: usize = 0; r < rows; r++) {
    let sum: f32 = 0;
    let lost: f32 = 0;
    for (let k: usize = 0; k < cols; k++) {
      const term = load<f32>(x + 4 * (r * cols + k)) - lost;
      const next = sum + term;
      lost = next - sum - term;
      sum = next;
    }
    store<f32>(y + 4 * r, sum / <f32>cols);
  }
  return 0;
}
