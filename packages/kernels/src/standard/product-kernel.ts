import type { Matrix } from "@daily-kernel/compute";
import type { IntegrableKernel, Kernel } from "../kernel.ts";
import { checkWeights } from "./check-points.ts";
import { CombinedKernel } from "./combined-kernel.ts";
import { contractGradients } from "./contract-gradients.ts";

/** k_1 k_2 ... on the same points. */
export class ProductKernel extends CombinedKernel {
  protected override rebuild(kernels: readonly Kernel[]): Kernel {
    return new ProductKernel("product", kernels);
  }

  protected override combine(values: readonly Float64Array[]): Float64Array {
    const out = values[0]!.slice();
    for (const other of values.slice(1)) {
      for (let i = 0; i < out.length; i++) out[i]! *= other[i]!;
    }
    return out;
  }

  override gramGradients(x: Matrix, z: Matrix): Matrix[] {
    return this.kernels.flatMap((kernel, i) => {
      const rest = this.#others(i, x, z);
      return kernel.gramGradients(x, z).map((gradient) => ({
        ...gradient,
        data: this.combine([gradient.data, ...rest]),
      }));
    });
  }

  override contractGradients(x: Matrix, z: Matrix, weights: Matrix): Float64Array {
    return Float64Array.from(
      this.kernels.flatMap((kernel, i) => {
        const rest = this.#others(i, x, z);
        if (rest.length === 0) return Array.from(contractGradients(kernel, x, z, weights));
        checkWeights(`${this.constructor.name}.contractGradients`, weights, x.rows, z.rows);
        const data = this.combine([weights.data, ...rest]);
        return Array.from(contractGradients(kernel, x, z, { ...weights, data }));
      }),
    );
  }

  #others(i: number, x: Matrix, z: Matrix): Float64Array[] {
    return this.kernels.filter((_, j) => j !== i).map((kernel) => kernel.gram(x, z).data);
  }
}

/** A constant times a kernel whose integrals are known. */
export class IntegrableScaledKernel extends ProductKernel implements IntegrableKernel {
  protected override rebuild(kernels: readonly Kernel[]): Kernel {
    return new IntegrableScaledKernel("scaled", kernels);
  }

  integral(x: Matrix): Float64Array {
    const [constant, kernel] = this.kernels as IntegrableKernel[];
    return this.combine([kernel!.integral(x), constant!.integral(x)]);
  }

  doubleIntegral(): number {
    const [constant, kernel] = this.kernels as IntegrableKernel[];
    return constant!.doubleIntegral() * kernel!.doubleIntegral();
  }
}
