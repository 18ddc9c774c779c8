/** The thread that runs PGlite: a query here stalls no reader. See `pglite-pool.ts`. */
import { readFileSync, writeFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { columnParsers } from "./types-of-columns.ts";

export interface PgliteRequest {
  readonly id: number;
  readonly text: string;
  /** Absent for a script of several statements. */
  readonly values?: readonly unknown[];
}

export interface PgliteReply {
  readonly id: number;
  readonly rows?: readonly unknown[];
  readonly rowCount?: number;
  readonly error?: { readonly message: string; readonly code?: string; readonly detail?: string };
}

export interface PgliteStart {
  readonly dataDir: string | null;
  readonly archive?: string;
}

const { dataDir, archive } = workerData as PgliteStart;
const port = parentPort!;
const opening = PGlite.create({
  ...(dataDir !== null && { dataDir }),
  ...(archive !== undefined && { loadDataDir: new Blob([readFileSync(archive)]) }),
  extensions: { vector },
  parsers: { ...columnParsers },
});
opening.then(
  () => port.postMessage({ id: 0 }),
  (error: Error) => port.postMessage({ id: 0, error: { message: error.message } }),
);

port.on("message", async ({ id, text, values }: PgliteRequest) => {
  const db = await opening;
  try {
    if (text === "close") {
      await db.close();
      port.postMessage({ id });
      return;
    }
    if (text === "archive") {
      const file = await db.dumpDataDir("none");
      writeFileSync(String(values?.[0]), await file.bytes());
      port.postMessage({ id });
      return;
    }
    const result = values ? await db.query(text, [...values]) : (await db.exec(text)).at(-1);
    port.postMessage({ id, rows: result?.rows ?? [], rowCount: result?.affectedRows ?? 0 });
  } catch (error) {
    const { message, code, detail } = error as Error & { code?: string; detail?: string };
    port.postMessage({ id, error: { message, code, detail } });
  }
});
