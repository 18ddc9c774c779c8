// task: relu
// rule: output-untouched|partial-work
// Whole vectors only.
export function forge_kernel(inputs: usize, outputs: usize, dims: usize): i32 {
  const x = <usize>load<u32>(inputs);
  const y = <usize>load<u32>(outputs);
  const n = <usize>load<i64>(dims);
  for (let i: usize = 0; i + 4 <= n; i += 4)
    v128.store(y + 4 * i, f32x4.max(v128.load(x + 4 * i), f32x4.splat(0)));
  return 0;
}
