import { type Matrix, matmul, matrix, type Rng } from "@daily-kernel/compute";
import { KernelLayer, UniversalRandomFeatures } from "@daily-kernel/kernels";

/** Applies the layer that stands for cos(W x), once made. */
export type MakeApply = (w: Matrix, features: number) => (x: Matrix) => Matrix;

export const kernelLayer: MakeApply = (w, features) => {
  const map = new UniversalRandomFeatures({
    ...{ activation: "cos" as const, dimension: w.cols, features },
  });
  const layer = KernelLayer.fromDense(map, w);
  return (x) => layer.apply(x);
};

const dense = (w: Matrix) => (x: Matrix) => {
  const out = matmul(x, w, { transposeB: true });
  for (let k = 0; k < out.data.length; k++) out.data[k] = Math.cos(out.data[k]!);
  return out;
};

/** Times of a dense layer of 1,024 x 1,024 over those of a kernel layer, a batch of 256 at a time. */
export async function layerSpeed(
  make: MakeApply,
  rounds: number,
  rng: Rng,
  breathe: (done: number) => Promise<void>,
): Promise<{ ratios: number[]; dense: number; kernel: number }> {
  const normal = (rows: number) =>
    matrix(
      rows,
      1024,
      rng.fillNormal(new Float64Array(rows * 1024)).map((v) => v / 32),
    );
  const [w, x] = [normal(1024), normal(256)];
  const layers = [dense(w), make(w, 64)];
  const times: number[][] = [[], []];
  for (let round = 0; round < rounds; round++) {
    for (const [k, layer] of layers.entries()) {
      await breathe(round / rounds);
      const start = performance.now();
      layer(x);
      times[k]!.push(performance.now() - start);
    }
  }
  const [slow, fast] = times as [number[], number[]];
  // The first round warms up.
  const ratios = slow.slice(1).map((time, k) => time / fast[k + 1]!);
  return { ratios, dense: Math.min(...slow), kernel: Math.min(...fast) };
}
