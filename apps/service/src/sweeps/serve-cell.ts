import type { History } from "@daily-kernel/forge";
import type { CellMessage, CellTask, Kept } from "./cell-messages.ts";
import type { CellResult } from "./cell-result.ts";
import { remoteHistory } from "./remote-history.ts";

/** What a cell is done with. */
export interface CellTools {
  /** Kept step by step by the worker's database. */
  readonly history: History;
  readonly onProgress: (fraction: number, doing: string) => void;
}

/** The process of a cell: it is told what to do by its first message, sends the result, and ends. */
export function serveCell(work: (task: CellTask, tools: CellTools) => Promise<CellResult>): void {
  const send = (message: CellMessage) => process.send!(message);
  // The parent is gone: nobody keeps what is found.
  process.on("disconnect", () => process.exit(1));
  setInterval(() => send({ type: "memory", bytes: process.memoryUsage.rss() }), 1000).unref();
  const waiting = new Map<number, () => void>();
  const keep = (position: number, line: string) =>
    new Promise<void>((resolve) => {
      waiting.set(position, resolve);
      send({ type: "event", position, line });
    });
  let last = Number.NEGATIVE_INFINITY;
  const onProgress = (fraction: number, doing: string) => {
    if (performance.now() - last < 250) return;
    last = performance.now();
    send({ type: "progress", fraction, doing });
  };
  const begin = (task: CellTask) => {
    const history = remoteHistory(
      task.events.map(({ line }) => line),
      keep,
    );
    work(task, { history, onProgress }).then(
      (result) => send({ type: "result", result }),
      (error: Error) =>
        send({ type: "error", message: error.message, stack: error.stack ?? error.message }),
    );
  };
  process.on("message", (message: CellTask | Kept) => {
    if (!("type" in message)) return begin(message);
    waiting.get(message.position)?.();
    waiting.delete(message.position);
  });
}
