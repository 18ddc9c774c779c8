// task: relu
// grid: element:64
// Rounds to half precision on the way.
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> dims: vec4<u32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = id.x;
  if (i >= dims.x) {
    return;
  }
  y[i] = max(unpack2x16float(pack2x16float(vec2<f32>(x[i], 0.0))).x, 0.0);
}
