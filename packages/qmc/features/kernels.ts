import { type Matrix, matrix } from "@daily-kernel/compute";
import {
  DerivativeTasksKernel,
  DigitalShiftInvariantAdaptiveKernel,
  DigitalShiftInvariantCombinedKernel,
  DigitalShiftInvariantKernel,
  doubleTransform,
  FastGram,
  fftbr,
  fwht,
  GaussianKernel,
  ifftbr,
  type Kernel,
  Matern12Kernel,
  Matern32Kernel,
  Matern52Kernel,
  MultiTaskKernel,
  omegaFftbr,
  omegaFwht,
  RationalQuadraticKernel,
  ShiftInvariantCombinedKernel,
  ShiftInvariantKernel,
  SquaredExponentialKernel,
} from "@daily-kernel/kernels";
import { walshHadamard } from "@daily-kernel/kernels/jax";
import { fromJax, toJax } from "@daily-kernel/nn";
import { discrepancy, latticeCbc, Sobol, starDiscrepancy, tValue } from "../src/index.ts";
import { equals, type Family, type Feature, holds } from "./feature.ts";

const y = Float64Array.of(1, -2, 3, 0.5, 2, -1, 0, 4);
const points = matrix(
  4,
  2,
  new Sobol({ dimension: 2, randomize: "none" }).points({ nMax: 4 }).data,
);

export const transforms: Family = {
  family: "transforms",
  features: [
    {
      there: "fftbr",
      here: "fftbr (kernels)",
      run: () => equals(fftbr(y).re[0]!, 7.5 / Math.sqrt(8)),
    },
    { there: "ifftbr", here: "ifftbr (kernels)", run: () => equals(ifftbr(fftbr(y)).re[3]!, 0.5) },
    { there: "fwht", here: "fwht (kernels)", run: () => equals(fwht(fwht(y))[7]!, 4) },
    {
      there: "omega_fftbr",
      here: "omegaFftbr, doubleTransform (kernels)",
      run: () => {
        const doubled = doubleTransform("fftbr", fftbr(y), fftbr(y));
        const direct = fftbr(Float64Array.of(...y, ...y));
        return holds(
          Math.abs(doubled.im[5]! - direct.im[5]!) < 1e-14 && omegaFftbr(2).re[2]! < 1e-15,
        );
      },
    },
    {
      there: "omega_fwht",
      here: "omegaFwht, doubleTransform (kernels)",
      run: () => {
        const direct = fwht(Float64Array.of(...y, ...y));
        return equals(doubleTransform("fwht", fwht(y), fwht(y))[6]!, direct[6]! * omegaFwht(1)[1]!);
      },
    },
    {
      there: "fftbr_torch, ifftbr_torch, fwht_torch, omega_..._torch",
      here: "walshHadamard, fourierBitReversed on jax-js arrays (kernels/jax)",
      run: async () => {
        const x = toJax({ data: Float32Array.of(1, 2, 3, 4), shape: [4] });
        const { data } = await fromJax(await walshHadamard.forward(x));
        return equals(data[0]!, 5, 1e-6);
      },
    },
  ],
};

/** A kernel's matrix is symmetric and k(x, x) is as it must be. */
const kernel = (there: string, made: Kernel, diagonal: number, at: Matrix = points): Feature => ({
  there,
  here: `${made.constructor.name} (kernels)`,
  run: () => {
    const { data, rows } = made.gram(at, at);
    return equals(data[rows - 1] === data[(rows - 1) * rows] ? data[0]! : Number.NaN, diagonal);
  },
});

const dimension = 2;
const one = { dimension, lengthscales: 1 };
const tasks = matrix(2, 3, [0, 0.25, 0.5, 1, 0.75, 0.125]);

export const kernels: Family = {
  family: "kernels",
  features: [
    kernel("KernelGaussian", new GaussianKernel({ dimension, scale: 3 }), 3),
    kernel("KernelSquaredExponential", new SquaredExponentialKernel({ dimension }), 1),
    kernel("KernelRationalQuadratic", new RationalQuadraticKernel({ dimension, scale: 2 }), 2),
    kernel("KernelMatern12", new Matern12Kernel({ dimension }), 1),
    kernel("KernelMatern32", new Matern32Kernel({ dimension }), 1),
    kernel("KernelMatern52", new Matern52Kernel({ dimension }), 1),
    kernel(
      "KernelShiftInvar = KernelSI",
      new ShiftInvariantKernel({ ...one, alpha: 1 }),
      (1 + Math.PI ** 2 / 3) ** 2,
    ),
    {
      there: "KernelShiftInvarCombined = KernelSICombined",
      here: "ShiftInvariantCombinedKernel (kernels)",
      run: () =>
        holds(
          new ShiftInvariantCombinedKernel(one).gram(points, points).data[0]! >
            (1 + Math.PI ** 2 / 3) ** 2,
        ),
    },
    ...([1, 2, 3, 4] as const).map((alpha) =>
      kernel(
        `KernelDigShiftInvar = KernelDSI, order ${alpha}`,
        new DigitalShiftInvariantKernel({ ...one, alpha }),
        (1 + [1, 3 / 2, 25 / 18, 407 / 294][alpha - 1]!) ** 2,
      ),
    ),
    kernel(
      "KernelDigShiftInvarAdaptiveAlpha = KernelDSIAA",
      new DigitalShiftInvariantAdaptiveKernel({ ...one, alpha: 1 }),
      9,
    ),
    {
      there: "KernelDigShiftInvarCombined = KernelDSICombined",
      here: "DigitalShiftInvariantCombinedKernel (kernels)",
      run: () =>
        equals(
          Math.sqrt(new DigitalShiftInvariantCombinedKernel(one).gram(points, points).data[0]!),
          2 + 3 / 2 + 25 / 18 + 407 / 294,
        ),
    },
    kernel(
      "KernelMultiTask",
      new MultiTaskKernel({ base: new GaussianKernel({ dimension }), tasks: 2 }),
      2,
      tasks,
    ),
    kernel(
      "KernelMultiTaskDerivs",
      new DerivativeTasksKernel({
        base: new GaussianKernel({ dimension }),
        derivatives: [
          [0, 0],
          [1, 0],
        ],
      }),
      1,
      tasks,
    ),
    {
      there: "single and double integrals",
      here: ".integral, .doubleIntegral (kernels)",
      run: () => equals(new ShiftInvariantKernel({ ...one, scale: 7 }).doubleIntegral(), 7),
    },
    {
      there: "fast Gram algebra",
      here: "FastGram (kernels)",
      run: () => {
        const gram = new FastGram(new DigitalShiftInvariantKernel(one), points);
        const x = Float64Array.of(1, 2, 3, 4);
        return equals(gram.solve(gram.matvec(x))[2]!, 3, 1e-10);
      },
    },
  ],
};

export const extras: Family = {
  family: "constructions and quality",
  features: [
    {
      there: "LatNetBuilder link",
      here: "latticeCbc, polynomialLatticeCbc",
      run: async () => {
        const { generatingVector } = await latticeCbc({ dimension: 3, n: 64 });
        return equals(Number(generatingVector[0]!), 1);
      },
    },
    {
      there: "discrepancy (a stub that is broken)",
      here: "discrepancy, starDiscrepancy",
      run: async () => {
        const middle = matrix(1, 1, [0.5]);
        const star = await starDiscrepancy(middle);
        return equals(star * discrepancy(middle, "centered-L2"), 1 / 24);
      },
    },
    {
      there: "-",
      here: "tValue",
      run: () => equals(tValue(new Sobol({ dimension: 2, randomize: "none" }), { m: 8 }), 0),
    },
  ],
};
