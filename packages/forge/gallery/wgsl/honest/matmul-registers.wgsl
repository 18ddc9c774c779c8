// task: matmul
// grid: tile:16
// Tiles of 16 by 16 of 8 by 8 invocations with four results each.
@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<f32>;
@group(0) @binding(2) var<storage, read_write> c: array<f32>;
@group(0) @binding(3) var<uniform> dims: vec4<u32>;
@compute @workgroup_size(8, 8)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_id) at: vec3<u32>,
) {
  let row = group.y * 16u + 2u * at.y;
  let col = group.x * 16u + 2u * at.x;
  if (row >= dims.x || col >= dims.y) {
    return;
  }
  // Beyond the last row and column the last ones are read again and nothing is written.
  let rows = vec2<u32>(row, min(row + 1u, dims.x - 1u)) * dims.z;
  let cols = vec2<u32>(col, min(col + 1u, dims.y - 1u));
  var sum = mat2x2<f32>();
  for (var k = 0u; k < dims.z; k++) {
    let p = vec2<f32>(a[rows.x + k], a[rows.y + k]);
    let q = vec2<f32>(b[k * dims.y + cols.x], b[k * dims.y + cols.y]);
    sum[0] += p * q.x;
    sum[1] += p * q.y;
  }
  for (var i = 0u; i < 2u; i++) {
    for (var j = 0u; j < 2u; j++) {
      if (row + i < dims.x && col + j < dims.y) {
        c[(row + i) * dims.y + col + j] = sum[j][i];
      }
    }
  }
}
