// A process that measures one reproduction for `run-child.ts` and ends. It is told what to measure
// by its only argument, and sends progress, its memory, and at the end the record or the error.
import type { ChildMessage, ChildTask } from "./child-messages.ts";
import { measure } from "./measure.ts";

const send = (message: ChildMessage) => process.send!(message);
const task = JSON.parse(process.argv[2]!) as ChildTask;

// The parent is gone: nobody waits for the result.
process.on("disconnect", () => process.exit(1));
setInterval(() => send({ type: "memory", bytes: process.memoryUsage.rss() }), 1000).unref();

let last = Number.NEGATIVE_INFINITY;
try {
  const record = await measure({
    ...task,
    gpu: async () => {
      throw Object.assign(new Error("workers have no GPU"), { code: "ERR_UNSUPPORTED" });
    },
    onEvent(event) {
      if (event.type !== "progress" || performance.now() - last < 250) return;
      last = performance.now();
      send({ type: "progress", fraction: event.fraction, doing: event.doing });
    },
  });
  send({ type: "record", record });
} catch (error) {
  const { message, stack } = error as Error;
  send({ type: "error", message, stack: stack ?? message });
}
process.disconnect!();
