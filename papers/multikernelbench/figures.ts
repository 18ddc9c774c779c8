import type { Figure } from "@daily-kernel/reproduction";
import { type BackEnd, backEnds } from "./kernels/index.ts";
import type { Cell, Column } from "./matrix.ts";
import type { Taken } from "./tolerance.ts";

const name = (task: string) => task.slice(task.indexOf("/") + 1);

/** The height of a back end's row, the first on top. */
const height = (id: BackEnd) => backEnds.length - backEnds.indexOf(id);

export function matrixFigure(cells: readonly Cell[], columns: readonly Column[]): Figure {
  const tasks = [...new Set(cells.map(({ task }) => name(task)))];
  const away = columns.filter((column) => "unavailable" in column);
  const marks = (label: string, list: readonly Pick<Cell, "task" | "backEnd">[]) => ({
    label,
    mark: "dot" as const,
    x: list.map(({ task }) => name(task)),
    y: list.map(({ backEnd }) => height(backEnd)),
  });
  const missing = away.flatMap(({ id }) => tasks.map((task) => ({ task, backEnd: id })));
  const rows = [...backEnds].reverse().map((id, i) => `${i + 1} ${id}`);
  return {
    id: "matrix",
    title: "Hand-written kernels and the judge",
    caption: `Each dot is a kernel for one task on one back end. Rows: ${rows.join(", ")}. ${away
      .map((column) => `${column.id} is missing here: ${column.unavailable}.`)
      .join(" ")}`.trim(),
    x: { label: "task", scale: "category" },
    y: { label: "back end", scale: "linear", domain: [0, backEnds.length + 1] },
    series: [
      marks(
        "accepted",
        cells.filter(({ accepted }) => accepted),
      ),
      marks(
        "rejected",
        cells.filter(({ accepted }) => !accepted),
      ),
      marks("unavailable", missing),
    ].filter(({ x }) => x.length > 0),
  };
}

export function speedFigure(cells: readonly Cell[]): Figure {
  const timed = cells.filter(({ speed }) => speed !== undefined);
  const ids = backEnds.filter((id) => timed.some(({ backEnd }) => backEnd === id));
  return {
    id: "speeds",
    title: "The same task in other languages",
    caption:
      "How many times faster each kernel is than the C++ kernel on one thread, at sizes of this machine. WGSL on a software adapter is left out: it is there to be right.",
    x: { label: "task", scale: "category" },
    y: { label: "speed beside one-thread C++", scale: "log" },
    series: ids.map((id) => {
      const own = timed.filter(({ backEnd }) => backEnd === id);
      return {
        label: id,
        mark: "dot" as const,
        x: own.map(({ task }) => name(task)),
        y: own.map(({ speed }) => speed!.value),
        interval: own.map(({ speed }) => speed!.interval),
      };
    }),
  };
}

export function toleranceFigure(taken: readonly Taken[], of: number): Figure {
  const kinds = ["zeros", "constant", "replay"] as const;
  const words = { zeros: "all zeros", constant: "one constant", replay: "another input's answer" };
  return {
    id: "tolerances",
    title: "Answers that compute nothing",
    caption: `Of ${of} tasks, how many take an answer that does not look at its input, by the tolerance of the judge.`,
    x: { label: "answer", scale: "category" },
    y: { label: "tasks", scale: "linear" },
    series: taken.map(({ tolerance, ...lists }) => ({
      label: `tolerance ${tolerance}`,
      mark: "bar" as const,
      x: kinds.map((kind) => words[kind]),
      y: kinds.map((kind) => lists[kind].length),
    })),
  };
}
