// task: relu
// rule: compile-error
// Exports a number under the name of a function.
export const forge_kernel: i32 = 7;
