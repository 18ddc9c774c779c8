// task: frobnorm
// grid: one
// Partial sums meet in an atomic word of workgroup memory, in any order.
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> dims: vec4<u32>;
var<workgroup> bits: atomic<u32>;

@compute @workgroup_size(128)
fn main(@builtin(local_invocation_index) lane: u32) {
  var sum = 0.0;
  for (var i = lane; i < dims.x; i += 128u) {
    sum += x[i] * x[i];
  }
  var seen = atomicLoad(&bits);
  loop {
    let next = bitcast<u32>(bitcast<f32>(seen) + sum);
    let try_it = atomicCompareExchangeWeak(&bits, seen, next);
    if (try_it.exchanged) {
      break;
    }
    seen = try_it.old_value;
  }
  workgroupBarrier();
  if (lane == 0u) {
    y[0] = sqrt(bitcast<f32>(atomicLoad(&bits)));
  }
}
