import type { Matrix } from "@daily-kernel/compute";
import { checkCount } from "../standard/check-points.ts";
import {
  DotProductKernel,
  type DotProductKernelOptions,
  type Products,
  type Slopes,
} from "./dot-product-kernel.ts";

export interface PolynomialKernelOptions extends DotProductKernelOptions {
  /** A whole number p >= 1. */
  degree: number;
}

/** S (c + sum_j x_j z_j / gamma_j^2)^p; linear for p = 1. */
export class PolynomialKernel extends DotProductKernel {
  readonly degree: number;

  constructor(options: PolynomialKernelOptions) {
    super(options);
    checkCount("PolynomialKernel", "degree", options.degree, 1);
    this.degree = options.degree;
  }

  protected override value({ u }: Products): number {
    return this.scale * u ** this.degree;
  }

  protected override slopes({ u }: Products): Slopes {
    return { u: this.scale * this.degree * u ** (this.degree - 1), log: 0 };
  }

  protected override angles(): Matrix | undefined {
    return undefined;
  }

  protected override constants() {
    return { degree: this.degree };
  }
}
