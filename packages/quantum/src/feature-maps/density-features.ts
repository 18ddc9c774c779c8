import { checkType, domainError, type Matrix, matrix } from "@daily-kernel/compute";
import type { FeatureMap } from "@daily-kernel/kernels";
import { checkMatrix } from "../checks.ts";
import type { QuantumFeatureMap } from "./feature-circuit.ts";

/** Up to 4^8 features a point. */
const MOST = 8;

/**
 * The real feature vector behind the fidelity kernel: the entries of |phi(x)><phi(x)|, whose inner
 * products are |<phi(x)|phi(z)>|^2. 4^qubits numbers: the diagonal, and sqrt(2) times the real and
 * imaginary parts above it. Shows why the kernel's rank is at most 4^qubits, and makes linear models
 * of it.
 */
export class DensityFeatures implements FeatureMap {
  readonly dimension: number;
  readonly features: number;
  readonly #states: QuantumFeatureMap["states"];

  constructor(map: QuantumFeatureMap) {
    const fn = "DensityFeatures";
    checkType(typeof map?.states === "function", fn, "map", "a quantum feature map", map);
    if (map.qubits > MOST) {
      throw domainError(`${fn}: map.qubits must be at most ${MOST}, got ${map.qubits}`);
    }
    this.dimension = map.dimension;
    this.features = 4 ** map.qubits;
    this.#states = (x) => map.states(x);
  }

  map(x: Matrix): Matrix {
    checkMatrix("DensityFeatures", "x", x, this.dimension);
    const { re, im } = this.#states(x);
    const d = re.cols;
    const out = matrix(x.rows, this.features);
    for (let row = 0; row < x.rows; row++) {
      let at = row * this.features;
      const [a, b] = [re, im].map(({ data }) => data.subarray(row * d, (row + 1) * d));
      for (let i = 0; i < d; i++) {
        out.data[at++] = a![i]! ** 2 + b![i]! ** 2;
        for (let j = i + 1; j < d; j++) {
          out.data[at++] = Math.SQRT2 * (a![i]! * a![j]! + b![i]! * b![j]!);
          out.data[at++] = Math.SQRT2 * (b![i]! * a![j]! - a![i]! * b![j]!);
        }
      }
    }
    return out;
  }
}
