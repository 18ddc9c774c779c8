/**
 * A kernel k on [0, 1]^2 that a discrepancy is a product of, with its integrals and derivatives. On
 * their kinks derivatives are the mean of both sides.
 */
export interface ProductKernel {
  /** Number by which the WebAssembly kernel knows it. */
  code: number;
  value(x: number, y: number): number;
  /** The integral over y of k(x, y). */
  integral(x: number): number;
  /** The integral of k over both. */
  doubleIntegral: number;
  /** The derivative of k(x, y) by x. */
  slope(x: number, y: number): number;
  /** The derivative of the integral by x. */
  integralSlope(x: number): number;
}

const { abs, max, min, sign } = Math;

export const star: ProductKernel = {
  code: 0,
  value: (x, y) => 1 - max(x, y),
  integral: (x) => (1 - x * x) / 2,
  doubleIntegral: 1 / 3,
  slope: (x, y) => -(1 + sign(x - y)) / 2,
  integralSlope: (x) => -x,
};

export const extreme: ProductKernel = {
  code: 1,
  value: (x, y) => min(x, y) - x * y,
  integral: (x) => (x - x * x) / 2,
  doubleIntegral: 1 / 12,
  slope: (x, y) => (1 + sign(y - x)) / 2 - y,
  integralSlope: (x) => 0.5 - x,
};

export const periodic: ProductKernel = {
  code: 2,
  value(x, y) {
    const gap = abs(x - y);
    return 0.5 - gap + gap * gap;
  },
  integral: () => 1 / 3,
  doubleIntegral: 1 / 3,
  slope: (x, y) => 2 * (x - y) - sign(x - y),
  integralSlope: () => 0,
};

export const centered: ProductKernel = {
  code: 3,
  value: (x, y) => 0.5 * (abs(x - 0.5) + abs(y - 0.5) - abs(x - y)),
  integral(x) {
    const u = abs(x - 0.5);
    return (u - u * u) / 2;
  },
  doubleIntegral: 1 / 12,
  slope: (x, y) => 0.5 * (sign(x - 0.5) - sign(x - y)),
  integralSlope: (x) => sign(x - 0.5) / 2 - (x - 0.5),
};

export const symmetric: ProductKernel = {
  code: 4,
  value(x, y) {
    const gap = abs(x - y);
    return 0.25 * (1 - (gap + gap));
  },
  integral: (x) => (x - x * x) / 2,
  doubleIntegral: 1 / 12,
  slope: (x, y) => -0.5 * sign(x - y),
  integralSlope: (x) => 0.5 - x,
};

export const mixture: ProductKernel = {
  code: 5,
  value(x, y) {
    const gap = abs(x - y);
    return 0.875 - 0.25 * (abs(x - 0.5) + abs(y - 0.5)) + gap * (0.5 * gap - 0.75);
  },
  integral(x) {
    const u = abs(x - 0.5);
    return 2 / 3 - 0.25 * u - 0.25 * u * u;
  },
  doubleIntegral: 7 / 12,
  slope: (x, y) => x - y - 0.75 * sign(x - y) - 0.25 * sign(x - 0.5),
  integralSlope: (x) => -0.25 * sign(x - 0.5) - 0.5 * (x - 0.5),
};
