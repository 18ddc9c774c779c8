// task: matmul
// grid: tile:16
// Tiles of both factors in workgroup memory.
@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<f32>;
@group(0) @binding(2) var<storage, read_write> c: array<f32>;
@group(0) @binding(3) var<uniform> dims: vec4<u32>;
var<workgroup> left: array<array<f32, 16>, 16>;
var<workgroup> right: array<array<f32, 16>, 16>;

@compute @workgroup_size(16, 16)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_id) at: vec3<u32>,
) {
  let row = group.y * 16u + at.y;
  let col = group.x * 16u + at.x;
  var sum = 0.0;
  for (var k = 0u; k < dims.z; k += 16u) {
    var p = 0.0;
    if (row < dims.x && k + at.x < dims.z) {
      p = a[row * dims.z + k + at.x];
    }
    var q = 0.0;
    if (k + at.y < dims.z && col < dims.y) {
      q = b[(k + at.y) * dims.y + col];
    }
    left[at.y][at.x] = p;
    right[at.y][at.x] = q;
    workgroupBarrier();
    for (var i = 0u; i < 16u; i++) {
      sum += left[at.y][i] * right[i][at.x];
    }
    workgroupBarrier();
  }
  if (row < dims.x && col < dims.y) {
    c[row * dims.y + col] = sum;
  }
}
