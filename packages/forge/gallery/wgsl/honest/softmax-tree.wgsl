// task: softmax
// grid: row
// A workgroup a row: tree reductions with barriers, the exponentials kept in the output.
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> dims: vec4<u32>;
var<workgroup> part: array<f32, 64>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let row = group.x;
  let n = dims.y;
  let start = row * n;
  var top = x[start];
  for (var k = lane; k < n; k += 64u) {
    top = max(top, x[start + k]);
  }
  part[lane] = top;
  workgroupBarrier();
  for (var half = 32u; half > 0u; half /= 2u) {
    if (lane < half) {
      part[lane] = max(part[lane], part[lane + half]);
    }
    workgroupBarrier();
  }
  let most = part[0];
  workgroupBarrier();
  var sum = 0.0;
  for (var k = lane; k < n; k += 64u) {
    let e = exp(x[start + k] - most);
    y[start + k] = e;
    sum += e;
  }
  part[lane] = sum;
  workgroupBarrier();
  for (var half = 32u; half > 0u; half /= 2u) {
    if (lane < half) {
      part[lane] = part[lane] + part[lane + half];
    }
    workgroupBarrier();
  }
  let total = part[0];
  for (var k = lane; k < n; k += 64u) {
    y[start + k] /= total;
  }
}
