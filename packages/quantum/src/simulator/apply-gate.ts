import type { Operation } from "./fuse.ts";

/**
 * Applies a matrix to some qubits of a state in place, one number after another: the scalar reference
 * of the kernels, and what small states and density matrices use. The matrix need not be unitary.
 */
export function applyOperation(
  re: Float64Array,
  im: Float64Array,
  qubits: number,
  { controls, targets, matrix }: Operation,
): void {
  const strides = targets.map((qubit) => 2 ** (qubits - 1 - qubit));
  const used = strides.reduce((sum, stride) => sum + stride, 0);
  const mask = controls.reduce((sum, qubit) => sum + 2 ** (qubits - 1 - qubit), 0);
  const d = 2 ** targets.length;
  const at = new Int32Array(d);
  const x = new Float64Array(2 * d);
  for (let base = 0; base < re.length; base++) {
    if ((base & used) !== 0 || (base & mask) !== mask) continue;
    for (let k = 0; k < d; k++) {
      let index = base;
      for (let t = 0; t < targets.length; t++) {
        if ((k >> (targets.length - 1 - t)) & 1) index += strides[t]!;
      }
      at[k] = index;
      x[2 * k] = re[index]!;
      x[2 * k + 1] = im[index]!;
    }
    for (let i = 0; i < d; i++) {
      let [sumRe, sumIm] = [0, 0];
      for (let j = 0; j < d; j++) {
        const a = matrix[2 * (i * d + j)]!;
        const b = matrix[2 * (i * d + j) + 1]!;
        sumRe += a * x[2 * j]! - b * x[2 * j + 1]!;
        sumIm += a * x[2 * j + 1]! + b * x[2 * j]!;
      }
      re[at[i]!] = sumRe;
      im[at[i]!] = sumIm;
    }
  }
}
