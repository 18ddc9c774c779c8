/** What `inThread` starts: does the work of the module that it is told. */
import { parentPort, workerData } from "node:worker_threads";
import type { Work } from "./in-thread.ts";

export type Reply<Output> =
  | { readonly done: number }
  | { readonly value: Output }
  /** The fields of an error, such as its code, do not travel with it. */
  | { readonly error: Error; readonly fields: Record<string, unknown> };

const { module, input } = workerData as { module: string; input: unknown };
const say = (reply: Reply<unknown>) => parentPort!.postMessage(reply);
try {
  const { default: work } = (await import(module)) as { default: Work<unknown, unknown> };
  say({ value: await work(input, (done) => say({ done })) });
} catch (thrown) {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const fields = Object.entries(error).filter(([, value]) => typeof value !== "object");
  say({ error, fields: Object.fromEntries(fields) });
}
