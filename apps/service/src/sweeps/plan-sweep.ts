import { inputError } from "@daily-kernel/feed";
import type { NewCell, SweepKind } from "@daily-kernel/feed/node";
import {
  type Backend,
  type Category,
  parseGrid,
  type Strategy,
  type Task,
  tasks,
} from "@daily-kernel/forge";
import { benchRequest } from "./bench-request.ts";
import type { ImproveRequest } from "./cell-messages.ts";

/** What a sweep is asked for: every task on every back end with every seed is a cell. */
export interface SweepArgs {
  readonly kind: SweepKind;
  readonly name?: string;
  /** Tasks by id, or all of a category that can be done. */
  readonly tasks?: readonly string[];
  readonly category?: string;
  readonly backends: readonly string[];
  readonly seeds: readonly number[];
  readonly dims?: readonly number[];
  /** Of `improve`. */
  readonly evaluations?: number;
  readonly strategy?: Strategy;
  /** Of `bench`: sources by their path, `hpc/axpy.cpp`, `openmp/relu.cpp`, `relu.baseline.cpp`. */
  readonly kernels?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
  readonly grid?: string;
}

/** Cells of one sweep: more would be a mistake. */
const most = 10_000;

/**
 * The cells of a sweep, and which of a category's tasks have none: nothing is planned unless all
 * that was named can be.
 * @throws ForgeError `ERR_UNKNOWN_TASK` and `ERR_UNKNOWN_BACKEND` with what there is, TypeError for
 * an unknown category, FeedError `ERR_INPUT` for what a cell could not do.
 */
export async function planSweep(
  args: SweepArgs,
): Promise<{ readonly cells: readonly NewCell[]; readonly leftOut: readonly string[] }> {
  const { backendById, spaceFor } = await import("@daily-kernel/forge/node");
  const { kind } = args;
  if (kind !== "improve" && kind !== "bench")
    throw inputError(`a sweep's kind must be improve or bench, got ${kind}`);
  const named = args.tasks?.length ? unique(args.tasks).map((id) => tasks.get(id)) : null;
  if ((named === null) === (args.category === undefined))
    throw inputError("name the tasks of a sweep, or a category");
  const wanted = named ?? tasks.list({ category: args.category as Category });
  const backends = unique(args.backends).map((id) => backendById(id));
  if (backends.length === 0) throw inputError("name at least one back end");
  if (args.seeds.length === 0) throw inputError("name at least one seed");
  const request = (task: Task, backend: Backend): object | string => {
    const dims = args.dims ?? task.scaled(1 << 21);
    if (dims.length !== task.dimNames.length)
      return `${task.id} has the sizes ${task.dimNames.join(",")}, got ${dims.length} numbers`;
    const space = spaceFor(task, backend);
    if (kind === "bench")
      return benchRequest(
        { task, backend, dims, plain: space?.render(space.start) },
        {
          kernels: args.kernels ?? {},
          ...(args.flags && { flags: args.flags }),
          ...(args.grid !== undefined && { grid: parseGrid(args.grid) }),
        },
      );
    if (!space) return `${task.id} has no templates for ${backend.id}`;
    const { evaluations = 30, strategy = "advised" } = args;
    return { dims, evaluations, strategy } satisfies ImproveRequest;
  };
  const cells: NewCell[] = [];
  const leftOut: string[] = [];
  for (const task of wanted)
    for (const backend of backends) {
      const told = request(task, backend);
      if (typeof told !== "string")
        for (const seed of unique(args.seeds))
          cells.push({ task: task.id, backend: backend.id, seed, request: told });
      else if (named || args.dims) throw inputError(told);
      else leftOut.push(told);
    }
  if (cells.length === 0)
    throw inputError(`nothing of ${args.category} can be done: ${leftOut[0]}`);
  if (cells.length > most)
    throw inputError(`a sweep has at most ${most} cells, got ${cells.length}`);
  return { cells, leftOut };
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
