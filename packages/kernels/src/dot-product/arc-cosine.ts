import { domainError, type Matrix } from "@daily-kernel/compute";
import { anglesBetween } from "./angles.ts";
import {
  DotProductKernel,
  type DotProductKernelOptions,
  type Products,
  type Slopes,
} from "./dot-product-kernel.ts";

export interface ArcCosineKernelOptions extends DotProductKernelOptions {
  /** 0, 1 or 2: the power of the rectified unit. */
  order: 0 | 1 | 2;
}

/**
 * The arc-cosine kernel (Cho and Saul 2009): S / pi (|x| |z|)^n J_n(theta), which is
 * 2 S E[step(w.x) (w.x)^n step(w.z) (w.z)^n] over standard normal w: the kernel of an infinitely wide
 * layer of step functions (n = 0), ReLUs (1) or squared ReLUs (2). Points are scaled by gamma and get
 * one more coordinate, the root of the bias c.
 */
export class ArcCosineKernel extends DotProductKernel {
  readonly order: 0 | 1 | 2;

  constructor(options: ArcCosineKernelOptions) {
    super(options);
    const { order } = options;
    if (![0, 1, 2].includes(order)) {
      throw domainError(`ArcCosineKernel: order must be 0, 1 or 2, got ${order}`);
    }
    this.order = order;
  }

  protected override value({ a, b, angle }: Products): number {
    return (this.scale / Math.PI) * (a * b) ** (this.order / 2) * J[this.order](angle);
  }

  /** With n J_n from the lengths, and -J_n' / sin theta, which is finite but for n = 0, from the angle. */
  protected override slopes({ u, a, b, angle }: Products): Slopes {
    const n = this.order;
    const root = Math.sqrt(a * b);
    if (root === 0) return { u: 0, log: 0 };
    const size = (this.scale / Math.PI) * root ** n;
    const turn = size * TURN[n](angle);
    return { u: turn / root, log: (size * n * J[n](angle) - (turn * u) / root) / 2 };
  }

  protected override angles(fn: string, x: Matrix, z: Matrix): Matrix {
    return anglesBetween(fn, x, z, Math.sqrt(this.bias), this.order === 0);
  }

  protected override constants() {
    return { order: this.order };
  }
}

const { PI, sin, cos } = Math;
const J = [
  (t: number) => PI - t,
  (t: number) => sin(t) + (PI - t) * cos(t),
  (t: number) => 3 * sin(t) * cos(t) + (PI - t) * (1 + 2 * cos(t) ** 2),
] as const;
/** -J_n' / sin. Points in one line stay there whatever the parameters: 0 for the pole of n = 0. */
const TURN = [
  (t: number) => (t === 0 || t === PI ? 0 : 1 / sin(t)),
  J[0],
  (t: number) => 4 * J[1](t),
] as const;
