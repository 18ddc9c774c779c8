import { RadialKernel } from "./radial-kernel.ts";
import { PROFILE } from "./radial-wasm.ts";
import { gammaMixture, type Mixture } from "./unit-cube.ts";

/**
 * A Matern kernel of half-integer order nu: S 2^(1 - nu) / Gamma(nu) r^nu K_nu(r), where
 * r = sqrt(2 nu q), q = sum_j (x_j - z_j)^2 / (2 gamma_j^2). (The usual lengthscale of the
 * field is sqrt(2) gamma.) Its sample paths have nu - 1/2 derivatives. A mixture of Gaussians of
 * rate nu / (2 s), s ~ Gamma(nu).
 */
abstract class MaternKernel extends RadialKernel {
  protected abstract readonly nu: number;
  /** (2 nu - 2)!!, the limit of sqrt(2 / pi) r^nu K_nu(r) at 0. */
  protected abstract readonly atZero: number;

  get smoothness(): number {
    return 2 * this.nu - 1;
  }

  /**
   * d/dq is nu/r d/dr, and -1/r d/dr takes r^nu K_nu to r^(nu - 1) K_(nu - 1), which for half-integer
   * orders is e^-r times a polynomial in r, or in 1/r beyond order nu.
   */
  protected override profileDerivative(n: number, q: number): number {
    const { nu } = this;
    const r = Math.sqrt(2 * nu * q);
    const order = nu - n;
    const p = Math.abs(order) - 0.5;
    let sum = 0;
    let coefficient = 1;
    for (let k = 0; k <= p; k++) {
      sum += coefficient * r ** (p - k);
      coefficient *= ((p + k + 1) * (p - k)) / (2 * (k + 1));
    }
    const power = order > 0 ? 1 : r ** (2 * order);
    return ((-nu) ** n / this.atZero) * sum * power * Math.exp(-r);
  }

  protected override mixture(): Mixture {
    return gammaMixture(this.nu, (s) => this.nu / (2 * s));
  }
}

/** S exp(-d), d = sqrt(q): continuous, nowhere smooth; no derivatives in x and z. */
export class Matern12Kernel extends MaternKernel {
  protected readonly nu = 0.5;
  protected readonly atZero = 1;
  protected override readonly wasmProfile = PROFILE.matern12;

  protected override profile(q: number): number {
    return Math.exp(-Math.sqrt(q));
  }
}

/** S (1 + sqrt(3) d) exp(-sqrt(3) d), d = sqrt(q); derivatives up to total order 2. */
export class Matern32Kernel extends MaternKernel {
  protected readonly nu = 1.5;
  protected readonly atZero = 1;
  protected override readonly wasmProfile = PROFILE.matern32;

  protected override profile(q: number): number {
    const r = Math.sqrt(3 * q);
    return (1 + r) * Math.exp(-r);
  }
}

/** S (1 + sqrt(5) d + 5/3 d^2) exp(-sqrt(5) d), d = sqrt(q); derivatives up to total order 4. */
export class Matern52Kernel extends MaternKernel {
  protected readonly nu = 2.5;
  protected readonly atZero = 3;
  protected override readonly wasmProfile = PROFILE.matern52;

  protected override profile(q: number): number {
    const r = Math.sqrt(5 * q);
    return (1 + r + (r * r) / 3) * Math.exp(-r);
  }
}
