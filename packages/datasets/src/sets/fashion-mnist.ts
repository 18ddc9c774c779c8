import type { DataFile, Dataset, FileBytes } from "../dataset.ts";
import { gunzip } from "../parse/gunzip.ts";
import { idxBytes } from "../parse/idx.ts";
import { labelledImages } from "../parse/labelled-images.ts";
import type { ImageSplit, LabelledImages } from "../shapes.ts";

const home = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com";

const classNames = [
  "t-shirt/top",
  "trouser",
  "pullover",
  "dress",
  "coat",
  "sandal",
  "shirt",
  "sneaker",
  "bag",
  "ankle boot",
] as const;

const file = (path: string, bytes: number, sha256: string): DataFile => {
  return { path, bytes, sha256, from: { download: `${home}/${path}` } };
};

/** Fashion-MNIST: 60,000 training and 10,000 test pictures of clothes, 28 x 28 grey. */
export const fashionMnist: Dataset<ImageSplit> = {
  name: "fashion-mnist",
  title: "Fashion-MNIST",
  licence: { name: "MIT", serve: true, note: "Copyright 2017 Zalando SE." },
  origin: "https://github.com/zalandoresearch/fashion-mnist",
  files: [
    file(
      "train-images-idx3-ubyte.gz",
      26421880,
      "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
    ),
    file(
      "train-labels-idx1-ubyte.gz",
      29515,
      "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
    ),
    file(
      "t10k-images-idx3-ubyte.gz",
      4422102,
      "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
    ),
    file(
      "t10k-labels-idx1-ubyte.gz",
      5148,
      "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
    ),
  ],
  parse: async (files) => ({
    train: await part(files, "train", 60_000),
    test: await part(files, "t10k", 10_000),
  }),
};

async function part(files: FileBytes, prefix: string, n: number): Promise<LabelledImages> {
  const decode = async (path: string, dims: readonly number[]) =>
    idxBytes(new Map([[path, await gunzip(files, path)]]), path, dims);
  return labelledImages(prefix, {
    images: await decode(`${prefix}-images-idx3-ubyte.gz`, [n, 28, 28]),
    labels: await decode(`${prefix}-labels-idx1-ubyte.gz`, [n]),
    n,
    height: 28,
    width: 28,
    channels: 1,
    classNames,
  });
}
