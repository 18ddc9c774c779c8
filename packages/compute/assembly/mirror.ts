/** Copies the strict lower triangle of rows i0..i1 of an n x n matrix to the upper one. */
export function mirrorF64(c: usize, n: i32, i0: i32, i1: i32): void {
  for (let jb = 0; jb < i1; jb += 8) {
    for (let i = i0; i < i1; i++) {
      for (let j = jb; j < min(i, jb + 8); j++) {
        store<f64>(c + ((<usize>j * n + i) << 3), load<f64>(c + ((<usize>i * n + j) << 3)));
      }
    }
  }
}

/** mirrorF64 in single precision. */
export function mirrorF32(c: usize, n: i32, i0: i32, i1: i32): void {
  for (let jb = 0; jb < i1; jb += 16) {
    for (let i = i0; i < i1; i++) {
      for (let j = jb; j < min(i, jb + 16); j++) {
        store<f32>(c + ((<usize>j * n + i) << 2), load<f32>(c + ((<usize>i * n + j) << 2)));
      }
    }
  }
}
