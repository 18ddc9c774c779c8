import { dataError } from "@daily-kernel/compute";
import type { DataFile, Dataset } from "./dataset.ts";
import { cifar10 } from "./sets/cifar10.ts";
import { coat } from "./sets/coat.ts";
import { cranfield } from "./sets/cranfield.ts";
import { fashionMnist } from "./sets/fashion-mnist.ts";
import { flights } from "./sets/flights.ts";
import { iris } from "./sets/iris.ts";
import { kgymBugs } from "./sets/kgym-bugs.ts";
import { kgymLogs } from "./sets/kgym-logs.ts";
import { mnist } from "./sets/mnist.ts";
import { mnistDigits } from "./sets/mnist-digits.ts";
import { nasbench201 } from "./sets/nasbench201.ts";
import { inceptionV3Nsfw, mobilenetV2Nsfw } from "./sets/nsfwjs-models.ts";
import { stories260k } from "./sets/stories260k.ts";
import { uciRegression } from "./sets/uci-regression.ts";

/** Every data set of the project, by name. */
export const datasets: readonly Dataset<unknown>[] = [
  cifar10,
  coat,
  cranfield,
  fashionMnist,
  flights,
  inceptionV3Nsfw,
  iris,
  kgymBugs,
  kgymLogs,
  mnist,
  mnistDigits,
  mobilenetV2Nsfw,
  nasbench201,
  stories260k,
  uciRegression,
];

/** The data set of that name; throws `ERR_DATA` with the names that exist. */
export function datasetNamed(name: string): Dataset<unknown> {
  const found = datasets.find((dataset) => dataset.name === name);
  if (found === undefined) {
    const names = datasets.map((dataset) => dataset.name).join(", ");
    throw dataError(`datasetNamed: no data set ${JSON.stringify(name)}; there are ${names}`);
  }
  return found;
}

/** The file with that SHA-256 and its data set, for a server's `/data/<sha256>`. */
export function fileWithHash(
  sha256: string,
): { dataset: Dataset<unknown>; file: DataFile } | undefined {
  for (const dataset of datasets) {
    const file = dataset.files.find((candidate) => candidate.sha256 === sha256);
    if (file !== undefined) return { dataset, file };
  }
  return undefined;
}
