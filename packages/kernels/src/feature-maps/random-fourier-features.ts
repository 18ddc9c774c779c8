import { checkObject, checkType, domainError, type Matrix, Rng } from "@daily-kernel/compute";
import type { FeatureMap } from "../feature-map.ts";
import { MaternKernel } from "../matern-general/matern-kernel.ts";
import { checkCount, checkPoints } from "../standard/check-points.ts";
import {
  GaussianKernel,
  Matern12Kernel,
  Matern32Kernel,
  Matern52Kernel,
} from "../standard/index.ts";
import { mapRows } from "./map-rows.ts";
import { projections } from "./projections.ts";

/** A kernel whose spectral measure can be drawn from. */
export type SpectralKernel =
  | GaussianKernel
  | Matern12Kernel
  | Matern32Kernel
  | Matern52Kernel
  | MaternKernel;

export interface RandomFourierFeaturesOptions {
  /** Length m of a feature vector, an even number: m / 2 frequencies. */
  features: number;
  /** Default 0. */
  seed?: number | bigint | undefined;
  /** Frequencies in orthogonal blocks: a smaller error for the same work. Default false. */
  orthogonal?: boolean | undefined;
}

/**
 * Random Fourier features (Rahimi and Recht 2007): sqrt(2 S / m) (cos w_k.x, sin w_k.x), k = 1..m/2, with
 * frequencies drawn from the kernel's spectral measure: normal for the Gaussian kernel, Student's t with
 * 2 nu degrees of freedom for the Matern ones. Inner products are unbiased estimates of the kernel;
 * that of a point with itself is exact.
 */
export class RandomFourierFeatures implements FeatureMap {
  readonly dimension: number;
  readonly features: number;
  /** In turns a unit of length. */
  readonly #frequencies: Matrix;
  readonly #height: number;

  constructor(kernel: SpectralKernel, options: RandomFourierFeaturesOptions) {
    const fn = "RandomFourierFeatures";
    const nu = orderOf(fn, kernel);
    checkObject(fn, "options", options);
    const { features, seed = 0, orthogonal = false } = options;
    checkCount(fn, "features", features, 2);
    if (features % 2 === 1) throw domainError(`${fn}: features must be even, got ${features}`);
    checkType(typeof orthogonal === "boolean", fn, "orthogonal", "a boolean", orthogonal);
    const d = kernel.dimension;
    const rng = new Rng(seed);
    const w = projections(rng, features / 2, d, orthogonal);
    const lengths = kernel.lengthscales;
    for (let k = 0; k < w.rows; k++) {
      // A lengthscale of the Matern kernels is sqrt 2 gamma, and 2 G is chi-square with 2 nu degrees.
      const spread = nu === Number.POSITIVE_INFINITY ? 1 : Math.sqrt(nu / (2 * rng.gamma(nu)));
      for (let j = 0; j < d; j++) {
        w.data[k * d + j]! *= spread / lengths[lengths.length === 1 ? 0 : j]! / (2 * Math.PI);
      }
    }
    this.dimension = d;
    this.features = features;
    this.#frequencies = w;
    this.#height = Math.sqrt((2 * kernel.scale) / features);
  }

  map(x: Matrix): Matrix {
    checkPoints("RandomFourierFeatures.map", "x", x, this.dimension);
    const [w, height, count] = [this.#frequencies, this.#height, this.#frequencies.rows];
    return mapRows(x, w, this.features, [], () => (exports, angles, out, table) => {
      exports.pairFeatures!(angles, height, count, out, table);
    });
  }
}

/** nu of a Matern kernel, infinite for the Gaussian. */
function orderOf(fn: string, kernel: unknown): number {
  if (kernel instanceof GaussianKernel) return Number.POSITIVE_INFINITY;
  if (kernel instanceof MaternKernel) return kernel.nu;
  if (kernel instanceof Matern12Kernel) return 0.5;
  if (kernel instanceof Matern32Kernel) return 1.5;
  const last = kernel instanceof Matern52Kernel;
  checkType(last, fn, "kernel", "a Gaussian or Matern kernel", kernel);
  return 2.5;
}
