import { parentPort } from "node:worker_threads";
import type { Methods } from "./thread.ts";

export interface ThreadRequest {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

export interface ThreadReply {
  readonly id: number;
  readonly value?: unknown;
  /** What an error carries besides: its name, its code, its status, the fields of its class. */
  readonly error?: { readonly message: string; readonly code?: unknown; readonly status?: unknown };
}

/** Answers a `Thread`'s calls with these methods, in the order of the calls. */
export function serve(methods: Methods): void {
  const port = parentPort!;
  let before: Promise<void> = Promise.resolve();
  port.on("message", ({ id, method, args }: ThreadRequest) => {
    before = before.then(async () => {
      try {
        const value = await methods[method]!(...(args as never[]));
        port.postMessage({ id, value } satisfies ThreadReply);
      } catch (error) {
        const { message, name } = error as Error;
        const fields = Object.fromEntries(
          Object.entries(error as object).filter(([, value]) => typeof value !== "object"),
        );
        port.postMessage({ id, error: { name, ...fields, message } } as ThreadReply);
      }
    });
  });
}
