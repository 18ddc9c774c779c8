import { Worker } from "node:worker_threads";
import { FeedError, type FeedErrorCode } from "../../feed-error.ts";
import type { ThreadReply, ThreadRequest } from "./serve.ts";

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** Functions that answer on another thread. */
export type Methods = Record<string, (...args: never[]) => unknown>;

/** A worker thread whose methods are called by name, one after the other. */
export class Thread<M extends Methods> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #end: Error | undefined;

  /** @param file a module that calls `serve`. */
  constructor(file: URL, workerData?: unknown) {
    this.#worker = new Worker(file, { workerData });
    this.#worker.on("message", (reply: ThreadReply) => this.#settle(reply));
    this.#worker.on("error", (error) => this.#fail(error as Error));
    this.#worker.on("exit", () => this.#fail(new Error("the thread has ended")));
    // Listening holds the process, so this comes after it.
    this.#worker.unref();
  }

  call<K extends keyof M & string>(
    method: K,
    ...args: Parameters<M[K]>
  ): Promise<Awaited<ReturnType<M[K]>>> {
    if (this.#end) return Promise.reject(this.#end);
    const request: ThreadRequest = { id: ++this.#lastId, method, args };
    // While someone waits the process may not end.
    if (this.#waiting.size === 0) this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject });
      this.#worker.postMessage(request);
    });
  }

  async close(): Promise<void> {
    this.#fail(new Error("the thread was closed"));
    await this.#worker.terminate();
  }

  #settle({ id, value, error }: ThreadReply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if (error) waiting?.reject(revive(error));
    else waiting?.resolve(value as never);
  }

  #fail(error: Error): void {
    this.#end ??= error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** An error as it was on the other thread: only its class is lost where it is not ours. */
function revive({ message, status, ...rest }: NonNullable<ThreadReply["error"]>): Error {
  if (status === undefined) return Object.assign(new Error(message), rest);
  return Object.assign(new FeedError(rest.code as FeedErrorCode, message), rest);
}
