// task: rowmean
// grid: row:64
// One invocation a row, compensated summation.
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> dims: vec4<u32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let row = id.x;
  if (row >= dims.x) {
    return;
  }
  let n = dims.y;
  let start = row * n;
  var sum = 0.0;
  var lost = 0.0;
  for (var k = 0u; k < n; k++) {
    let term = x[start + k] - lost;
    let next = sum + term;
    lost = (next - sum) - term;
    sum = next;
  }
  y[row] = sum / f32(n);
}
