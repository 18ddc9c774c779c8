// task: softmax
// grid: row
// Subgroup reductions first, then over what the subgroups found.
enable subgroups;
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> dims: vec4<u32>;
var<workgroup> part: array<f32, 64>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
  @builtin(subgroup_size) width: u32,
) {
  let n = dims.y;
  let start = group.x * n;
  var top = x[start];
  for (var k = lane; k < n; k += 64u) {
    top = max(top, x[start + k]);
  }
  part[lane] = subgroupMax(top);
  workgroupBarrier();
  for (var k = 0u; k < 64u; k += 1u) {
    top = max(top, part[k]);
  }
  workgroupBarrier();
  var sum = 0.0;
  for (var k = lane; k < n; k += 64u) {
    sum += exp(x[start + k] - top);
  }
  let ours = subgroupAdd(sum);
  part[lane] = select(0.0, ours, subgroupElect());
  workgroupBarrier();
  var total = 0.0;
  for (var k = 0u; k < 64u; k += 1u) {
    total += part[k];
  }
  for (var k = lane; k < n; k += 64u) {
    y[start + k] = exp(x[start + k] - top) / total;
  }
}
