import {
  type Backend,
  type Candidate,
  measure,
  type Task,
  timingInputs,
  type VerifyOptions,
  type verifyCandidate,
} from "@daily-kernel/forge";
import type { ThreadOptions } from "@daily-kernel/forge/node";
import type { CellsJob } from "./cells.ts";
import { type BackEnd, kernel } from "./kernels/index.ts";

/** A back end that runs here, or why it does not. */
export type Column = { readonly id: BackEnd } & (
  | { readonly backend: Backend; readonly hardware: string }
  | { readonly unavailable: string }
);

export interface Cell {
  readonly task: string;
  readonly backEnd: BackEnd;
  readonly accepted: boolean;
  /** Where it was not: what the judge found. */
  readonly why?: string;
  /** Time of the one-thread C++ kernel over its own, where both were timed. */
  readonly speed?: { readonly value: number; readonly interval: readonly [number, number] };
}

const isNode = () =>
  (globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node !==
  undefined;

/** What needs Node. The name is no literal: a bundler for the browser must not follow it. */
function native(): Promise<typeof import("@daily-kernel/forge/node")> {
  const node = "@daily-kernel/forge/node";
  return import(/* @vite-ignore */ node);
}

/** Probes the six back ends; outside Node none runs, since their processes are started there. */
export async function columns(ids: readonly BackEnd[]): Promise<readonly Column[]> {
  if (!isNode()) return ids.map((id) => ({ id, unavailable: "kernels are judged in Node" }));
  const { backendById } = await native();
  return Promise.all(
    ids.map(async (id) => {
      const backend = backendById(id);
      const probe = await backend.probe();
      if (!probe.available) return { id, unavailable: probe.reason };
      return { id, backend, hardware: `${probe.hardware}, ${probe.version}` };
    }),
  );
}

/** The kernel with the flags of its back end. */
function candidate(task: Task, id: BackEnd): Candidate {
  const written = kernel(task, id);
  return id === "openmp" ? { ...written, flags: ["-fopenmp"] } : written;
}

/** Whether the judge accepts the hand-written kernel for a task on a back end. */
export async function judged(
  verify: typeof verifyCandidate,
  task: Task,
  { id, backend }: { readonly id: BackEnd; readonly backend: Backend },
  options: VerifyOptions,
): Promise<Cell> {
  const verdict = await verify(task, candidate(task, id), backend, options);
  const [first] = verdict.findings.filter(({ severity }) => severity === "error");
  const why = first && `${first.rule}: ${first.evidence.slice(0, 200)}`;
  return { task: task.id, backEnd: id, accepted: verdict.accepted, ...(why && { why }) };
}

/** The kernels of a task judged in a thread of its own. */
export async function judgedApart(job: CellsJob, options: ThreadOptions): Promise<Cell[]> {
  const { inThread } = await native();
  return inThread(new URL("./cells.ts", import.meta.url), job, options);
}

/** Elements of a task's inputs when it is timed. */
const TIMED = 1 << 18;

/** How many times faster than the one-thread C++ kernel each of the others is, by id. */
export async function speeds(
  task: Task,
  cpp: Backend,
  others: readonly { readonly id: BackEnd; readonly backend: Backend }[],
  { seed, signal }: { readonly seed: number; readonly signal: AbortSignal },
): Promise<ReadonlyMap<BackEnd, NonNullable<Cell["speed"]>>> {
  const dims = task.scaled(TIMED);
  const inputs = timingInputs(task, dims, { seed, sets: 1 });
  const found = new Map<BackEnd, NonNullable<Cell["speed"]>>();
  for (const { id, backend } of others) {
    const timing = await measure(task, candidate(task, id), candidate(task, "cpp"), {
      ...{ backend, baselineBackend: cpp, dims, inputs, signal },
      pairs: [3, 7],
    });
    found.set(id, { value: timing.speedup, interval: timing.speedupCI });
  }
  return found;
}
