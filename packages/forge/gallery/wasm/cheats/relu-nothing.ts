// task: relu
// rule: output-untouched
// Returns at once.
export function forge_kernel(inputs: usize, outputs: usize, dims: usize): i32 {
  const x = <usize>load<u32>(inputs);
  const y = <usize>load<u32>(outputs);
  const n = <usize>load<i64>(dims);
  return x == y ? 1 : <i32>(n >> 31);
}
