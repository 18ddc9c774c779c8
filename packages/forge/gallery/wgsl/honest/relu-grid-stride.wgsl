// task: relu
// grid: one
// One workgroup walks over all elements.
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> dims: vec4<u32>;
@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) lane: u32) {
  for (var i = lane; i < dims.x; i += 256u) {
    y[i] = select(0.0, x[i], x[i] > 0.0);
  }
}
