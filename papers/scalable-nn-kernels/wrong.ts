/**
 * Named wrong implementations: the tests put them in the place of ours and see a claim fail.
 */

import { type Matrix, matmul, matrix } from "@daily-kernel/compute";
import {
  KernelLayer,
  UniversalRandomFeatures,
  type UniversalRandomFeaturesOptions,
} from "@daily-kernel/kernels";
import { type AdapterKind, kernelKind, type Variant } from "./adapter-kinds.ts";
import type { Collapse } from "./bundling.ts";
import type { FitNet } from "./closed-form.ts";
import type { Features } from "./pointwise.ts";
import type { MakeApply } from "./timing.ts";

const withMethods = (features: UniversalRandomFeatures, changes: Partial<Features>): Features => ({
  activation: features.activation,
  map: (x) => features.map(x),
  neurons: (w, b) => features.neurons(w, b),
  variance: (x, w, b) => features.variance(x, w, b),
  ...changes,
});

/** exp(-|w|^2) where exp(-|w|^2 / 2) is meant, as one branch of the authors' code has it. */
export function withoutHalf(options: UniversalRandomFeaturesOptions): Features {
  const features = new UniversalRandomFeatures(options);
  const neurons = (w: Matrix) => {
    const out = features.neurons(w);
    for (let i = 0; i < w.rows; i++) {
      const row = w.data.subarray(i * w.cols, (i + 1) * w.cols);
      const factor = Math.exp(-row.reduce((sum, v) => sum + v * v, 0) / 2);
      for (let k = 0; k < out.cols; k++) out.data[i * out.cols + k]! *= factor;
    }
    return out;
  };
  return withMethods(features, { neurons });
}

/** Orthogonal blocks that are all the same one, as from one seed for each. */
export function oneBlockForAll(options: UniversalRandomFeaturesOptions): Features {
  const times = options.orthogonal ? options.features / (2 * options.dimension) : 1;
  const features = new UniversalRandomFeatures({ ...options, features: options.features / times });
  const repeated = ({ data, rows, cols }: Matrix): Matrix =>
    matrix(
      rows,
      cols * times,
      Float64Array.from(
        { length: data.length * times },
        (_, k) => data[Math.floor(k / (cols * times)) * cols + (k % cols)]! / Math.sqrt(times),
      ),
    );
  return withMethods(features, {
    map: (x) => repeated(features.map(x)),
    neurons: (w) => repeated(features.neurons(w)),
  });
}

/** The product of the weights rounded to single precision. */
export const inSinglePrecision: Collapse = (layer, w, b) =>
  new KernelLayer(
    layer.map,
    matrix(w.rows, layer.map.features, matmul(w, layer.weights).data.map(Math.fround)),
    b,
  );

/** A predictor that looks at no input. */
export const constant: FitNet = (_, y, at) =>
  new Float64Array(at.rows).fill(y.reduce((sum, v) => sum + v / y.length, 0));

/** An adapter that forgets what it adapts: no way around it. */
export const withoutSkip: AdapterKind = {
  label: kernelKind.label,
  variants: kernelKind.variants.map(
    ({ label, make }): Variant => ({
      label,
      make(rng) {
        const adapter = make(rng);
        return { ...adapter, forward: (p, h) => adapter.forward(p, h.ref).sub(h) };
      },
    }),
  ),
};

/** The dense layer under the name of the kernel one. */
export const stillDense: MakeApply = (w) => (x) => {
  const out = matmul(x, w, { transposeB: true });
  for (let k = 0; k < out.data.length; k++) out.data[k] = Math.cos(out.data[k]!);
  return out;
};
