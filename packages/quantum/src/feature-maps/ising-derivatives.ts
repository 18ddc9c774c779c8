import { type Matrix, matrix, wasm } from "@daily-kernel/compute";
import * as kernels from "../kernels.generated.ts";
import type { StateBatch } from "../simulator/state-vector.ts";
import { cosSin, giveAngles, type IsingAngles, SCRATCH } from "./ising-states.ts";

/**
 * How the amplitudes of `isingStates` change when the angles change at given rates: for row r
 * `anglesOf` gives the angles and their derivatives. Forward, beside the state: d(D v) = D (dv + i
 * theta' v) for a diagonal D = exp(i theta). Twice the cost of the states.
 */
export function isingDerivatives(
  rows: number,
  qubits: number,
  repetitions: number,
  anglesOf: (row: number) => readonly [IsingAngles, IsingAngles],
): StateBatch {
  const n = 2 ** qubits;
  const out = { qubits, re: matrix(rows, n), im: matrix(rows, n) };
  const { heap, exports } = wasm(kernels);
  heap.scope((arena) => {
    const planes = [arena.f64(n), arena.f64(n), arena.f64(n), arena.f64(n)] as const;
    const [sin, cos, rate] = [arena.f64(n), arena.f64(n), arena.f64(n)];
    const [field, pair] = [arena.f64(qubits), arena.f64(qubits * qubits)];
    const scratch = arena.f64(SCRATCH);
    const scale = 2 ** (-qubits / 2);
    const [re, im, dRe, dIm] = planes;
    for (let row = 0; row < rows; row++) {
      const [angles, slopes] = anglesOf(row);
      giveAngles(heap, field, pair, qubits, slopes);
      exports.isingAngles!(rate, qubits, field, pair);
      const largest = giveAngles(heap, field, pair, qubits, angles);
      exports.isingAngles!(sin, qubits, field, pair);
      cosSin(heap, sin, cos, n, largest);
      for (const plane of planes) heap.f64(plane, n).fill(plane === re ? scale : 0);
      for (let repetition = 0; repetition < repetitions; repetition++) {
        if (repetition > 0) {
          for (const plane of planes) exports.fwhtBlock!(plane, qubits, scale, scratch);
        }
        const [v, w, dv, dw, slope] = [re, im, dRe, dIm, rate].map((at) => heap.f64(at, n));
        for (let i = 0; i < n; i++) {
          dv![i]! -= slope![i]! * w![i]!;
          dw![i]! += slope![i]! * v![i]!;
        }
        exports.turn!(re, im, cos, sin, n);
        exports.turn!(dRe, dIm, cos, sin, n);
      }
      const keep = (into: Matrix, at: number) => into.data.set(heap.f64(at, n), row * n);
      keep(out.re, dRe);
      keep(out.im, dIm);
    }
  });
  return out;
}
