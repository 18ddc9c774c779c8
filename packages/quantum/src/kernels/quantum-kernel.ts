import { checkType, type Matrix, matrix, shapeError } from "@daily-kernel/compute";
import type { Kernel } from "@daily-kernel/kernels";
import { checkMatrix, checkPositive, checkVector } from "../checks.ts";
import type { QuantumFeatureMap } from "../feature-maps/feature-circuit.ts";
import { fidelities, innerProducts } from "./fidelities.ts";

/**
 * The fidelity kernel k(x, z) = |<phi(x)|phi(z)>|^2 of a quantum feature map, computed exactly: a
 * `Kernel` as Gaussian processes, ridge regression and support vector machines take it. Positive
 * semi-definite, of rank at most 4^qubits, 1 on the diagonal. The map's bandwidth is its one
 * hyper-parameter where the map can tell its derivatives: small ones keep entries of many qubits from
 * concentrating (Shaydulin and Wild 2022).
 */
export class QuantumKernel implements Kernel {
  readonly map: QuantumFeatureMap;
  readonly dimension: number;
  readonly parameterNames: readonly string[];

  constructor(map: QuantumFeatureMap) {
    const ok = typeof map === "object" && typeof map?.states === "function";
    checkType(ok, "QuantumKernel", "map", "a quantum feature map", map);
    this.map = map;
    this.dimension = map.dimension;
    this.parameterNames = map.tuning ? ["bandwidth"] : [];
  }

  get parameters(): Float64Array {
    return Float64Array.from(this.map.tuning ? [this.map.tuning.bandwidth] : []);
  }

  withParameters(parameters: ArrayLike<number>): QuantumKernel {
    checkVector("QuantumKernel", "parameters", parameters, this.parameterNames.length);
    if (!this.map.tuning) return this;
    checkPositive("QuantumKernel", "bandwidth", parameters[0]);
    return new QuantumKernel(this.map.tuning.withBandwidth(parameters[0]));
  }

  gram(x: Matrix, z: Matrix): Matrix {
    checkMatrix("QuantumKernel", "x", x, this.dimension);
    checkMatrix("QuantumKernel", "z", z, this.dimension);
    const a = this.map.states(x);
    if (x !== z) return fidelities(a, this.map.states(z));
    const out = fidelities(a, a);
    for (let i = 0; i < x.rows; i++) {
      out.data[i * x.rows + i] = 1;
      for (let j = 0; j < i; j++) out.data[i * x.rows + j] = out.data[j * x.rows + i]!;
    }
    return out;
  }

  pairs(x: Matrix, z: Matrix): Float64Array {
    checkMatrix("QuantumKernel", "x", x, this.dimension);
    checkMatrix("QuantumKernel", "z", z, this.dimension);
    if (x.rows !== z.rows) {
      throw shapeError(
        `QuantumKernel: x and z must have as many rows, got ${x.rows} and ${z.rows}`,
      );
    }
    const [a, b] = [this.map.states(x), this.map.states(z)];
    const d = a.re.cols;
    return Float64Array.from({ length: x.rows }, (_, row) => {
      const part = ({ data }: Matrix) => matrix(1, d, data.subarray(row * d, (row + 1) * d));
      const one = (s: typeof a) => ({ qubits: s.qubits, re: part(s.re), im: part(s.im) });
      return fidelities(one(a), one(b)).data[0]!;
    });
  }

  gramGradients(x: Matrix, z: Matrix): Matrix[] {
    checkMatrix("QuantumKernel", "x", x, this.dimension);
    checkMatrix("QuantumKernel", "z", z, this.dimension);
    const { tuning } = this.map;
    if (!tuning) return [];
    // d|o|^2 = 2 Re(conj(o) do), do = <da|b> + <a|db>
    const [a, b] = [this.map.states(x), this.map.states(z)];
    const overlap = innerProducts(a, b);
    const left = innerProducts(tuning.derivatives(x), b);
    const right = innerProducts(a, tuning.derivatives(z));
    const out = matrix(x.rows, z.rows);
    for (let k = 0; k < out.data.length; k++) {
      out.data[k] =
        2 * overlap.re.data[k]! * (left.re.data[k]! + right.re.data[k]!) +
        2 * overlap.im.data[k]! * (left.im.data[k]! + right.im.data[k]!);
    }
    return [out];
  }
}
