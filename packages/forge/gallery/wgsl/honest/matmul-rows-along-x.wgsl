// task: matmul
// grid: tile:8
// Two-dimensional invocations, x numbers rows; fused multiply-add.
@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<f32>;
@group(0) @binding(2) var<storage, read_write> c: array<f32>;
@group(0) @binding(3) var<uniform> dims: vec4<u32>;
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= dims.x || id.y >= dims.y) {
    return;
  }
  var sum = 0.0;
  for (var k = 0u; k < dims.z; k++) {
    sum = fma(a[id.x * dims.z + k], b[k * dims.y + id.y], sum);
  }
  c[id.x * dims.y + id.y] = sum;
}
