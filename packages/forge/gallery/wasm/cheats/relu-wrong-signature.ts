// task: relu
// rule: compile-error
// Takes and gives numbers of another kind.
export function forge_kernel(inputs: f64, outputs: f64, dims: i64): f64 {
  return inputs + outputs + <f64>dims;
}
