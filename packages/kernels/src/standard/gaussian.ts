import { LARGEST_ORDER } from "./gram-derivative.ts";
import { RadialKernel } from "./radial-kernel.ts";
import { PROFILE } from "./radial-wasm.ts";
import type { Mixture } from "./unit-cube.ts";

/** S exp(-q), q = sum_j (x_j - z_j)^2 / (2 gamma_j^2): smooth, of product form. */
export class GaussianKernel extends RadialKernel {
  readonly smoothness = LARGEST_ORDER;
  protected override readonly wasmProfile = PROFILE.gaussian;

  protected override profile(q: number): number {
    return Math.exp(-q);
  }

  protected override profileDerivative(n: number, q: number): number {
    return n % 2 === 0 ? Math.exp(-q) : -Math.exp(-q);
  }

  protected override mixture(): Mixture {
    return { rates: Float64Array.of(1), weights: Float64Array.of(1) };
  }
}

/** The Gaussian kernel under its other name: QMCPy has both, and they are one function. */
export class SquaredExponentialKernel extends GaussianKernel {}
