export type {
  DataFile,
  DataSource,
  Dataset,
  FileBytes,
  Licence,
  LoadOptions,
  LoadProgress,
  NpmTarball,
  Origin,
} from "./dataset.ts";
export { httpSource } from "./http-source.ts";
export { load } from "./load.ts";
export { memorySource } from "./memory-source.ts";
export { datasetNamed, datasets, fileWithHash } from "./registry.ts";
export { serveable } from "./serveable.ts";
export { cifar10 } from "./sets/cifar10.ts";
export { type Coat, coat } from "./sets/coat.ts";
export {
  type Cranfield,
  type CranfieldDoc,
  type CranfieldJudgement,
  type CranfieldQuery,
  cranfield,
} from "./sets/cranfield.ts";
export { fashionMnist } from "./sets/fashion-mnist.ts";
export { flights } from "./sets/flights.ts";
export { type Iris, iris } from "./sets/iris.ts";
export { type KernelBug, kgymBugs } from "./sets/kgym-bugs.ts";
export { type ConsoleLog, kgymLogs } from "./sets/kgym-logs.ts";
export { mnist } from "./sets/mnist.ts";
export { mnistDigits } from "./sets/mnist-digits.ts";
export { type NasBench201, nasbench201 } from "./sets/nasbench201.ts";
export { inceptionV3Nsfw, mobilenetV2Nsfw } from "./sets/nsfwjs-models.ts";
export { type LlamaShape, type Stories260K, stories260k } from "./sets/stories260k.ts";
export { type UciRegression, uciRegression } from "./sets/uci-regression.ts";
export type { ImageSplit, LabelledImages, Table } from "./shapes.ts";
export {
  type TfjsModel,
  type TfjsModelJson,
  type TfjsWeight,
  tensorsOf,
} from "./tfjs-model.ts";
