// task: matmul
// flags: --enable=simd,relaxed-simd
// Four columns at a time with multiply-adds that may be fused.
export function forge_kernel(inputs: usize, outputs: usize, dims: usize): i32 {
  const a = <usize>load<u32>(inputs);
  const b = <usize>load<u32>(inputs, 4);
  const c = <usize>load<u32>(outputs);
  const M = <usize>load<i64>(dims);
  const N = <usize>load<i64>(dims, 8);
  const K = <usize>load<i64>(dims, 16);
  for (let i: usize = 0; i < M; i++) {
    let j: usize = 0;
    for (; j + 4 <= N; j += 4) {
      let sum = f32x4.splat(0);
      for (let k: usize = 0; k < K; k++)
        sum = f32x4.relaxed_madd(
          v128.load_splat<f32>(a + 4 * (i * K + k)),
          v128.load(b + 4 * (k * N + j)),
          sum,
        );
      v128.store(c + 4 * (i * N + j), sum);
    }
    for (; j < N; j++) {
      let sum: f32 = 0;
      for (let k: usize = 0; k < K; k++)
        sum += load<f32>(a + 4 * (i * K + k)) * load<f32>(b + 4 * (k * N + j));
      store<f32>(c + 4 * (i * N + j), sum);
    }
  }
  return 0;
}
