import type { Matrix } from "@daily-kernel/compute";
import type { IntegrableKernel, Kernel } from "../kernel.ts";
import { CombinedKernel } from "./combined-kernel.ts";
import { contractGradients } from "./contract-gradients.ts";

/** k_1 + k_2 + ... */
export class SumKernel extends CombinedKernel {
  protected override rebuild(kernels: readonly Kernel[]): Kernel {
    return new SumKernel("sum", kernels);
  }

  protected override combine(values: readonly Float64Array[]): Float64Array {
    const out = values[0]!.slice();
    for (const other of values.slice(1)) {
      for (let i = 0; i < out.length; i++) out[i]! += other[i]!;
    }
    return out;
  }

  override gramGradients(x: Matrix, z: Matrix): Matrix[] {
    return this.kernels.flatMap((kernel) => kernel.gramGradients(x, z));
  }

  override contractGradients(x: Matrix, z: Matrix, weights: Matrix): Float64Array {
    return Float64Array.from(
      this.kernels.flatMap((kernel) => Array.from(contractGradients(kernel, x, z, weights))),
    );
  }
}

/** A sum of kernels whose integrals are known. */
export class IntegrableSumKernel extends SumKernel implements IntegrableKernel {
  protected override rebuild(kernels: readonly Kernel[]): Kernel {
    return new IntegrableSumKernel("sum", kernels);
  }

  integral(x: Matrix): Float64Array {
    return this.combine((this.kernels as IntegrableKernel[]).map((kernel) => kernel.integral(x)));
  }

  doubleIntegral(): number {
    return (this.kernels as IntegrableKernel[]).reduce((sum, k) => sum + k.doubleIntegral(), 0);
  }
}
