import { dataError } from "@daily-kernel/compute";
import type { DataFile, Dataset, FileBytes } from "../dataset.ts";
import { npmFiles } from "../files.ts";
import { base64Export, jsonExport } from "../parse/bundle-export.ts";
import { textOf } from "../parse/bytes-of.ts";
import { rest } from "../parse/rest.ts";
import { type TfjsModel, tfjsModel, weightBytes } from "../tfjs-model.ts";

const tarball = {
  package: "nsfwjs",
  version: "4.4.0",
  bytes: 24973068,
  integrity:
    "sha512-krC1fgeTLXtZwgdpKJ0jm7hqv0gTSRQQRL+FhOaxaJ9Wj92t42BO3csO2odwgTAgZgf2RvkwPtp0R8Aa7dc+MA==",
};

const licence = {
  name: "MIT",
  serve: true,
  note: "Weights of nsfwjs by Infinite Red and G. Laborde, MIT. Trained to grade images as drawing, hentai, neutral, porn or sexy; here a fixed feature extractor.",
};

/**
 * Inception v3 with a head of five classes, input 299 x 299 x 3, weights quantised to 8 bits. Its
 * last convolutional maps have 2,048 channels.
 */
export const inceptionV3Nsfw: Dataset<TfjsModel> = {
  name: "inception-v3-nsfw",
  title: "Inception v3 weights of nsfwjs",
  licence,
  origin: "https://github.com/infinitered/nsfwjs",
  files: npmFiles(tarball, "dist/models/inception_v3/", [
    ["model.min.js", 177909, "8c2b793b9d277840fc757725bf3b135c96d5a54ec020e2b4ab569fc3df6b3848"],
    [
      "group1-shard1of6.min.js",
      5593186,
      "e9316ac20ff634f990e483062050afe9a4826885c3a212d676ce2cfda93a4884",
    ],
    [
      "group1-shard2of6.min.js",
      5593186,
      "467b33d62b4c470edf8acd3da554e331f2d49f3f93ddd718f944f595c516cd82",
    ],
    [
      "group1-shard3of6.min.js",
      5593186,
      "075300e057ca7e9fd2e282afbc3a6596a0404288c94bf781e9b20658cbeee664",
    ],
    [
      "group1-shard4of6.min.js",
      5593186,
      "b51ee46e062e752e81c28761a56369432671bfb3d59f4f062f5bd4dd58ff5303",
    ],
    [
      "group1-shard5of6.min.js",
      5593186,
      "d4149969b3c61e0d4dde1d4f555f5b00f4fc87f6bab1a4cd4967b24f62725de6",
    ],
    [
      "group1-shard6of6.min.js",
      1853246,
      "b684762a7d7c39b80183d260bdab6f072321349300f9f2ff144a085a382acfc4",
    ],
  ]),
  parse: (files, signal) => modelOf(files, inceptionV3Nsfw.files, signal),
};

/** MobileNet v2 with a head of five classes, input 224 x 224 x 3, weights quantised to 8 bits. */
export const mobilenetV2Nsfw: Dataset<TfjsModel> = {
  name: "mobilenet-v2-nsfw",
  title: "MobileNet v2 weights of nsfwjs",
  licence,
  origin: "https://github.com/infinitered/nsfwjs",
  files: npmFiles(tarball, "dist/models/mobilenet_v2/", [
    ["model.min.js", 106679, "c32f104fd562b08cdff5ed69dfe1209643afa47e792fb12751d2949aa61a397a"],
    [
      "group1-shard1of1.min.js",
      3493394,
      "ef2e0a63f7d2c4960b37b024b669313f65d3c45cd59e9042636c55b39de53517",
    ],
  ]),
  parse: (files, signal) => modelOf(files, mobilenetV2Nsfw.files, signal),
};

async function modelOf(
  files: FileBytes,
  listed: readonly DataFile[],
  signal: AbortSignal | undefined,
): Promise<TfjsModel> {
  const modelJson = tfjsModel(jsonExport("model.min.js", textOf(files, "model.min.js")));
  const shards: Uint8Array[] = [];
  for (const { path } of listed) {
    if (path === "model.min.js") continue;
    await rest(signal);
    shards.push(base64Export(path, textOf(files, path)));
  }
  const weights = new Uint8Array(shards.reduce((sum, shard) => sum + shard.length, 0));
  let at = 0;
  for (const shard of shards) {
    weights.set(shard, at);
    at += shard.length;
  }
  const expected = weightBytes(modelJson);
  if (weights.length !== expected) {
    throw dataError(`model.min.js lists ${expected} bytes of weights, got ${weights.length}`);
  }
  return { modelJson, weights };
}
