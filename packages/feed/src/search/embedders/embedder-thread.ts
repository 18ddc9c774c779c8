/** The thread that runs a model, so that neither readers nor searches wait for it. */
import { workerData } from "node:worker_threads";
import { serve } from "../thread/serve.ts";
import { energeticAi } from "./energetic-ai.ts";
import { transformersEmbedder } from "./transformers.ts";

export interface EmbedderStart {
  readonly name: string;
  /** The folder whose packages are looked for. */
  readonly packages: string;
}

const { name, packages } = workerData as EmbedderStart;
const opening =
  name === "energetic-ai" ? energeticAi(packages) : transformersEmbedder(name, packages);
// Whoever calls `describe` hears of it.
opening.catch(() => {});

const methods = {
  async describe() {
    const { name, dimension } = await opening;
    return { name, dimension };
  },
  embedOne: async (text: string) => (await opening).embedOne(text),
};

export type EmbedderThread = typeof methods;

serve(methods);
