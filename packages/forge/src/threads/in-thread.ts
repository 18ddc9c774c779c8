import { Worker } from "node:worker_threads";
import type { Reply } from "./thread.ts";

export interface ThreadOptions {
  /** Ends the thread; the promise is rejected with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Hears how much is done (0 to 1), as the work reports it. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

/** Work that a thread of its own can do: input and output are plain data. */
export type Work<Input, Output> = (
  input: Input,
  report: (done: number) => void,
) => Output | Promise<Output>;

/**
 * Does the work that `module` exports by default in a thread of its own, and ends the thread.
 * Rejects with what the work throws.
 */
export function inThread<Input, Output>(
  module: URL,
  input: Input,
  { signal, onProgress }: ThreadOptions = {},
): Promise<Output> {
  signal?.throwIfAborted();
  const workerData = { module: module.href, input };
  const worker = new Worker(new URL("./thread.ts", import.meta.url), { workerData });
  const answer = new Promise<Output>((resolve, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
    worker.on("message", (reply: Reply<Output>) => {
      if ("done" in reply) onProgress?.(reply.done);
      else if ("error" in reply) reject(Object.assign(reply.error, reply.fields));
      else resolve(reply.value);
    });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`inThread: the thread ended with code ${code}`)));
  });
  return answer.finally(() => worker.terminate());
}
