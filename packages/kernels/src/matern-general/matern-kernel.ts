import { type Matrix, matrix, type PoolOptions, squaredDistances } from "@daily-kernel/compute";
import { digamma, dLogBesselK_dv, dLogBesselK_dx, logBesselK } from "@daily-kernel/special";
import { checkPoints, checkPositive } from "../standard/check-points.ts";
import { RadialKernel, type StandardKernelOptions } from "../standard/radial-kernel.ts";
import { scaledPoints } from "../standard/scaled-points.ts";
import { perform, step } from "../standard/steps.ts";
import { gammaMixture, type Mixture } from "../standard/unit-cube.ts";
import { LARGE_ORDER, logMatern, logMaternFactor } from "./log-matern.ts";

export interface MaternOptions extends StandardKernelOptions {
  /** The order, positive: sample paths have the derivatives of order below nu. Default 1.5. */
  nu?: number | undefined;
}

/**
 * The Matern kernel of any order: S 2^(1 - nu) / Gamma(nu) r^nu K_nu(r), r = sqrt(2 nu q),
 * q = sum_j (x_j - z_j)^2 / (2 gamma_j^2), by the logarithm of the Bessel function, so that no order is
 * too large. nu is a hyper-parameter. For orders 1/2, 3/2 and 5/2 `Matern12Kernel` and so on are the
 * same function and faster.
 */
export class MaternKernel extends RadialKernel {
  readonly nu: number;

  constructor(options: MaternOptions) {
    super(options);
    const { nu = 1.5 } = options;
    checkPositive("MaternKernel", "nu", nu);
    this.nu = nu;
  }

  /** The largest whole number below 2 nu. */
  get smoothness(): number {
    return Math.ceil(2 * this.nu) - 1;
  }

  /** One elementwise Bessel function after the distances, on the pool if there is one. */
  override gram(x: Matrix, z: Matrix): Matrix;
  override gram(x: Matrix, z: Matrix, options: PoolOptions): Promise<Matrix>;
  override gram(x: Matrix, z: Matrix, options?: Partial<PoolOptions>): Matrix | Promise<Matrix>;
  override gram(x: Matrix, z: Matrix, options?: Partial<PoolOptions>): Matrix | Promise<Matrix> {
    const self = this;
    return perform("MaternKernel.gram", options, function* () {
      const fn = "MaternKernel.gram";
      checkPoints(fn, "x", x, self.dimension);
      checkPoints(fn, "z", z, self.dimension);
      const [left, right] = scaledPoints(fn, x, z, self.weights);
      const { data } = yield* step((o) =>
        o ? squaredDistances(left, right, o) : squaredDistances(left, right),
      );
      const { nu, scale } = self;
      const r = data.map((q) => Math.sqrt(2 * nu * q));
      if (nu >= LARGE_ORDER) {
        return matrix(
          x.rows,
          z.rows,
          r.map((value) => scale * Math.exp(logMatern(nu, value))),
        );
      }
      const logs = yield* step((o) => (o ? logBesselK(nu, r, o) : logBesselK(nu, r)));
      const factor = logMaternFactor(nu);
      const values = r.map((value, i) =>
        value === 0 ? 0 : Math.min(0, factor + nu * Math.log(value) + logs[i]!),
      );
      return matrix(
        x.rows,
        z.rows,
        values.map((log) => scale * Math.exp(log)),
      );
    });
  }

  protected override profile(q: number): number {
    return Math.exp(logMatern(this.nu, Math.sqrt(2 * this.nu * q)));
  }

  /** d/dq is nu/r d/dr, and -1/r d/dr takes r^nu K_nu to r^(nu - 1) K_(nu - 1). */
  protected override profileDerivative(n: number, q: number): number {
    const { nu } = this;
    const sign = n % 2 === 0 ? 1 : -1;
    const order = nu - n;
    const r = Math.sqrt(2 * nu * q);
    if (order > 0) {
      // 2^n Gamma(nu - n) of it belongs to the Matern function of that order.
      let factor = 1;
      for (let k = 1; k <= n; k++) factor *= nu / (2 * (nu - k));
      return sign * factor * Math.exp(logMatern(order, r));
    }
    if (r === 0) return sign * Number.POSITIVE_INFINITY;
    const log = n * Math.log(nu) + logMaternFactor(nu) + order * Math.log(r);
    return sign * Math.exp(log + logBesselK(-order, r));
  }

  protected override shape() {
    return { nu: this.nu };
  }

  protected override shapeGradient(n: number, q: number): number {
    const { nu } = this;
    const order = nu - n;
    const r = Math.sqrt(2 * nu * q);
    if (r === 0) {
      if (n === 0) return 0;
      const slope = n + nu * (digamma(order) - digamma(nu));
      return slope * this.profileDerivative(n, q);
    }
    const v = Math.abs(order);
    const byOrder = Math.sign(order) * dLogBesselK_dv(v, r) - Math.LN2 - digamma(nu) + Math.log(r);
    const slope = n + nu * byOrder + (order + r * dLogBesselK_dx(v, r)) / 2;
    return slope * this.profileDerivative(n, q);
  }

  protected override mixture(): Mixture {
    return gammaMixture(this.nu, (s) => this.nu / (2 * s));
  }
}
