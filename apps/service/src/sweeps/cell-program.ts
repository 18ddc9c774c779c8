// A process that does one cell of a sweep for `sweep-worker.ts` and ends with it.
import { benchCell } from "./bench-cell.ts";
import { improveCell } from "./improve-cell.ts";
import { serveCell } from "./serve-cell.ts";

serveCell((task, tools) =>
  task.kind === "improve"
    ? improveCell(task, task.request, tools)
    : benchCell(task, task.request, tools),
);
