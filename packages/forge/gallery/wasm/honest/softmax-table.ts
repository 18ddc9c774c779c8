// task: softmax
// Powers of two from a table that is built when the module starts.
const powers = new StaticArray<f64>(151);
let power: f64 = 1;
for (let i = 0; i <= 150; i++) {
  powers[i] = power;
  power /= 2;
}

/** e^t of a number that is not positive. */
function exponential(t: f32): f64 {
  if (t < -103) return 0;
  const scaled = <f64>t * 1.4426950408889634;
  const whole = Math.ceil(scaled);
  const u = (scaled - whole) * 0.6931471805599453;
  let series: f64 = 1;
  for (let k = 12; k > 0; k--) series = 1 + (u / <f64>k) * series;
  return series * powers[<i32>-whole];
}

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
      const e = exponential(load<f32>(from + 4 * k) - top);
      store<f32>(to + 4 * k, <f32>e);
      sum += e;
    }
    for (let k: usize = 0; k < cols; k++)
      store<f32>(to + 4 * k, <f32>(load<f32>(to + 4 * k) / sum));
  }
  return 0;
}
