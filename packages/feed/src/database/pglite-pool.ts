import { Worker } from "node:worker_threads";
import type { PostgresPool, PostgresPoolClient } from "kysely";
import type { PgliteReply, PgliteRequest, PgliteStart } from "./pglite-worker.ts";

interface Waiting {
  readonly resolve: (reply: PgliteReply) => void;
  readonly reject: (error: Error) => void;
}

/**
 * PGlite on a thread of its own, in the shape of a pool of Postgres connections. There is one
 * connection: whoever holds it (for a query or a transaction) makes the others wait in line.
 */
export class PglitePool implements PostgresPool {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #opened: Promise<PgliteReply>;
  #lastId = 0;
  #free: Promise<void> = Promise.resolve();
  #ended = false;
  /** Why the thread answers no more. */
  #dead: Error | undefined;

  /**
   * @param start.dataDir where the database lives; `null` keeps it in memory.
   * @param start.archive a file that `archive` wrote, to begin with in memory.
   */
  constructor(start: PgliteStart) {
    this.#worker = new Worker(new URL("./pglite-worker.ts", import.meta.url), {
      workerData: start,
    });
    this.#worker.unref();
    this.#opened = this.#reply(0);
    this.#opened.catch(() => {});
    this.#worker.on("message", (reply: PgliteReply) => this.#settle(reply));
    this.#worker.on("error", (error) => this.#fail(error as Error));
    this.#worker.on("exit", () => this.#fail(new Error("the database's thread has ended")));
  }

  /** A script of several statements, or one statement with values; for libraries beside Kysely. */
  async run(text: string, values?: readonly unknown[]): Promise<{ rows: unknown[] }> {
    const release = await this.#acquire();
    try {
      return { rows: [...((await this.#send(text, values)).rows ?? [])] };
    } catch (error) {
      // A script that failed inside its own transaction would leave that to whoever comes next.
      if (!values && !this.#dead) await this.#send("rollback");
      throw error;
    } finally {
      release();
    }
  }

  /** Writes the whole database to a file, from which another can begin. */
  async archive(file: string): Promise<void> {
    const release = await this.#acquire();
    try {
      await this.#send("archive", [file]);
    } finally {
      release();
    }
  }

  async connect(): Promise<PostgresPoolClient> {
    await this.#opened;
    const release = await this.#acquire();
    const query = async (text: string, values: readonly unknown[]) => {
      const { rows, rowCount } = await this.#send(text, values);
      return { rows: [...(rows ?? [])], rowCount: rowCount ?? 0, command: commandOf(text) };
    };
    return { query, release } as PostgresPoolClient;
  }

  async end(): Promise<void> {
    if (this.#ended) return;
    const release = await this.#acquire();
    this.#ended = true;
    if (!this.#dead) await this.#send("close");
    await this.#worker.terminate();
    release();
  }

  async #acquire(): Promise<() => void> {
    const before = this.#free;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#free = before.then(() => promise);
    await before;
    return resolve;
  }

  async #send(text: string, values?: readonly unknown[]): Promise<PgliteReply> {
    if (this.#dead) throw this.#dead;
    const request: PgliteRequest = { id: ++this.#lastId, text, ...(values && { values }) };
    const reply = this.#reply(request.id);
    this.#worker.postMessage(request);
    return reply;
  }

  #reply(id: number): Promise<PgliteReply> {
    // While someone waits the process may not end; otherwise the thread alone does not keep it.
    if (this.#waiting.size === 0) this.#worker.ref();
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #settle(reply: PgliteReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if (reply.error) {
      const { message, code, detail } = reply.error;
      waiting?.reject(Object.assign(new Error(message), { code, detail }));
    } else waiting?.resolve(reply);
  }

  #fail(error: Error): void {
    this.#dead ??= error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** The statement's first word, which tells Kysely whether rows were changed. */
const commandOf = (text: string) => (/^\s*(\w+)/.exec(text)?.[1] ?? "").toUpperCase();
