import { existsSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import type { Model } from "./embedder.ts";
import { importOptional } from "./import-optional.ts";

interface Tensor {
  readonly data: Float32Array;
}
interface Transformers {
  readonly env: { allowRemoteModels: boolean; localModelPath: string };
  pipeline(
    task: "feature-extraction",
    model: string,
    options: { dtype: "fp32" },
  ): Promise<(texts: string[], options: { pooling: "mean"; normalize: true }) => Promise<Tensor>>;
}

/**
 * An ONNX sentence model through `@huggingface/transformers`: a folder with `config.json`,
 * `tokenizer.json` and `onnx/model.onnx`, from which alone it is read, or a model's name there,
 * which is fetched. Token vectors are averaged.
 */
export async function transformersEmbedder(model: string, packages: string): Promise<Model> {
  const { env, pipeline } = await importOptional<Transformers>(
    "@huggingface/transformers",
    packages,
  );
  const folder = resolve(model);
  const here = existsSync(folder);
  if (here) {
    env.allowRemoteModels = false;
    env.localModelPath = dirname(folder);
  }
  const extract = await pipeline("feature-extraction", here ? basename(folder) : model, {
    dtype: "fp32",
  });
  const embedOne = async (text: string) => {
    const { data } = await extract([text], { pooling: "mean", normalize: true });
    return Float32Array.from(data);
  };
  return {
    name: `transformers/${here ? basename(folder) : model}`,
    dimension: (await embedOne("dimension")).length,
    embedOne,
  };
}
