// task: matmul
// Lays one factor out anew, in memory of its own.
export function forge_kernel(inputs: usize, outputs: usize, dims: usize): i32 {
  const a = <usize>load<u32>(inputs);
  const b = <usize>load<u32>(inputs, 4);
  const c = <usize>load<u32>(outputs);
  const M = <usize>load<i64>(dims);
  const N = <usize>load<i64>(dims, 8);
  const K = <usize>load<i64>(dims, 16);
  const turned = heap.alloc(4 * K * N + 4);
  for (let k: usize = 0; k < K; k++)
    for (let j: usize = 0; j < N; j++)
      store<f32>(turned + 4 * (j * K + k), load<f32>(b + 4 * (k * N + j)));
  for (let i: usize = 0; i < M; i++) {
    for (let j: usize = 0; j < N; j++) {
      let sum: f32 = 0;
      for (let k: usize = 0; k < K; k++)
        sum += load<f32>(a + 4 * (i * K + k)) * load<f32>(turned + 4 * (j * K + k));
      store<f32>(c + 4 * (i * N + j), sum);
    }
  }
  return 0;
}
