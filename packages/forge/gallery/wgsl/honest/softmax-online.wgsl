// task: softmax
// grid: row
// A workgroup a row: maximum and sum in one pass, merged pairwise.
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> dims: vec4<u32>;
// The maximum so far, and the sum of the exponentials below it.
var<workgroup> part: array<vec2<f32>, 64>;

fn merge(p: vec2<f32>, q: vec2<f32>) -> vec2<f32> {
  let top = max(p.x, q.x);
  return vec2<f32>(top, p.y * exp(p.x - top) + q.y * exp(q.x - top));
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let row = group.x;
  let n = dims.y;
  let start = row * n;
  var mine = vec2<f32>(-3.4e38, 0.0);
  for (var k = lane; k < n; k += 64u) {
    mine = merge(mine, vec2<f32>(x[start + k], 1.0));
  }
  part[lane] = mine;
  workgroupBarrier();
  for (var half = 32u; half > 0u; half /= 2u) {
    if (lane < half) {
      part[lane] = merge(part[lane], part[lane + half]);
    }
    workgroupBarrier();
  }
  let all = part[0];
  for (var k = lane; k < n; k += 64u) {
    y[start + k] = exp(x[start + k] - all.x) / all.y;
  }
}
