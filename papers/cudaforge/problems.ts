import {
  type Dims,
  hpcTasks,
  type Point,
  plainTasks,
  spaces,
  type Task,
  type TemplateSpace,
} from "@daily-kernel/forge";

/** A task at some sizes with the templates that are searched. */
export interface Problem {
  readonly name: string;
  readonly task: Task;
  readonly dims: Dims;
  readonly space: TemplateSpace;
}

/** The space with some parameters held to fewer values, so that all methods draw from one table. */
const within = (space: TemplateSpace, kept: Readonly<Record<string, readonly unknown[]>>) => ({
  ...space,
  valid: (point: Point) =>
    space.valid(point) &&
    Object.entries(kept).every(
      ([name, values]) => values.includes(point[name]) || (point.order ?? "tile") !== "tile",
    ),
});

const fewer: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>> = {
  matmul: { kb: [256], unroll: [1] },
  // Degree 4 passes at the long rows that are timed and not at the short ones of the judge.
  softmax: { exp: ["library", "degree 5", "degree 6", "degree 7"] },
  // These arrays stay in the caches, where a second stream gains nothing.
  relu: { halves: ["one by one"] },
  "hpc/axpy": { halves: ["one by one"] },
};

const chosen: readonly (readonly [string, Dims])[] = [
  ["softmax", [64, 1024]],
  ["matmul", [128, 128, 128]],
  ["relu", [1 << 18]],
  ["rowmean", [256, 2048]],
  ["matmul", [256, 256, 256]],
  ["frobnorm", [1 << 18]],
  ["hpc/gemv", [512, 1024]],
  ["softmax", [2048, 65]],
  ["hpc/axpy", [1 << 18]],
  ["matmul", [512, 48, 512]],
  ["rowmean", [8192, 63]],
  ["relu", [1 << 21]],
];

/** The first few of twelve problems. */
export const problems = (count = chosen.length): Problem[] =>
  chosen.slice(0, count).map(([id, dims]) => {
    const task = [...plainTasks, ...Object.values(hpcTasks)].find((each) => each.id === id)!;
    const space = spaces[id]!;
    return { name: `${id} ${dims.join("x")}`, task, dims, space: within(space, fewer[id] ?? {}) };
  });
