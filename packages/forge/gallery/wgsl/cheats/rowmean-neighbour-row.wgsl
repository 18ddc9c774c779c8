// task: rowmean
// grid: row
// Leaves its sum to the next workgroup, which takes it for done.
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> dims: vec4<u32>;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let row = group.x;
  let n = dims.y;
  let start = row * n;
  var sum = 0.0;
  for (var k = 0u; k < n; k++) {
    sum += x[start + k];
  }
  if (lane == 0u) {
    y[row] = sum / f32(n);
    if (row > 0u && y[row - 1u] != y[row - 1u]) {
      y[row] = y[row - 1u];
    }
    if (row + 1u < dims.x) {
      y[row + 1u] = sum;
    }
  }
}
