import { checkType, Rng } from "@daily-kernel/compute";
import { checkCount } from "../checks.ts";
import type { ComplexMatrix } from "../circuits/complex-matrix.ts";

/**
 * A unitary matrix of d rows by Haar's measure: columns of independent complex normals,
 * orthonormalised one after another with positive lengths, which fixes the phases (Mezzadri 2007).
 * Row-major, real and imaginary parts in turn.
 */
export function haarUnitary(d: number, rng: Rng): ComplexMatrix {
  checkCount("haarUnitary", "d", d, 1);
  checkType(rng instanceof Rng, "haarUnitary", "rng", "an Rng", rng);
  const columns: Float64Array[] = [];
  for (let j = 0; j < d; j++) {
    const v = rng.fillNormal(new Float64Array(2 * d));
    // twice, for orthogonality to rounding
    for (const u of [...columns, ...columns]) {
      let [re, im] = [0, 0];
      for (let k = 0; k < 2 * d; k += 2) {
        re += u[k]! * v[k]! + u[k + 1]! * v[k + 1]!;
        im += u[k]! * v[k + 1]! - u[k + 1]! * v[k]!;
      }
      for (let k = 0; k < 2 * d; k += 2) {
        v[k]! -= re * u[k]! - im * u[k + 1]!;
        v[k + 1]! -= re * u[k + 1]! + im * u[k]!;
      }
    }
    const length = Math.sqrt(v.reduce((sum, value) => sum + value * value, 0));
    columns.push(v.map((value) => value / length));
  }
  const out = new Float64Array(2 * d * d);
  for (const [j, v] of columns.entries()) {
    for (let i = 0; i < d; i++) {
      out[2 * (i * d + j)] = v[2 * i]!;
      out[2 * (i * d + j) + 1] = v[2 * i + 1]!;
    }
  }
  return out;
}
