// task: rowmean
// grid: row
// Invocations add to one word without atomics.
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> dims: vec4<u32>;
var<workgroup> total: f32;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let row = group.x;
  let n = dims.y;
  let start = row * n;
  var sum = 0.0;
  for (var k = lane; k < n; k += 64u) {
    sum += x[start + k];
  }
  total += sum;
  workgroupBarrier();
  if (lane == 0u) {
    y[row] = total / f32(n);
  }
}
