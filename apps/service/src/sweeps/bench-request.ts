import type { Backend, Candidate, Grid, Language, Task } from "@daily-kernel/forge";
import type { BenchRequest } from "./cell-messages.ts";

/** How files of a language end. */
const endings: Readonly<Record<Language, string>> = {
  assemblyscript: "ts",
  c: "c",
  cpp: "cpp",
  cuda: "cu",
  fortran: "f90",
  opencl: "cl",
  python: "py",
  wgsl: "wgsl",
};

interface Subject {
  readonly task: Task;
  readonly backend: Backend;
  readonly dims: readonly number[];
  /** The task's plain kernel, where its templates have one in this language. */
  readonly plain: Candidate | undefined;
}

interface Sources {
  /** By path. */
  readonly kernels: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
  readonly grid?: Grid;
}

/**
 * What a cell of `bench` is told: the kernel is `<task>.<ending>`, its baseline
 * `<task>.baseline.<ending>` or the task's plain kernel; a folder named after the back end goes
 * first. A string says what is missing.
 */
export function benchRequest(
  { task, backend, dims, plain }: Subject,
  { kernels, flags, grid }: Sources,
): BenchRequest | string {
  const ending = endings[backend.language];
  const find = (name: string): Candidate | undefined => {
    const source = kernels[`${backend.id}/${name}.${ending}`] ?? kernels[`${name}.${ending}`];
    if (source === undefined) return undefined;
    return { source, ...(flags && { flags }), ...(grid && { grid }) };
  };
  const kernel = find(task.id);
  if (!kernel) return `there is no kernel ${task.id}.${ending} for ${task.id} on ${backend.id}`;
  const baseline = find(`${task.id}.baseline`) ?? plain;
  if (!baseline)
    return `${task.id} has no plain kernel for ${backend.id}: add ${task.id}.baseline.${ending}`;
  if (`${kernel.source}${baseline.source}`.includes("\0"))
    return `the kernel of ${task.id} for ${backend.id} holds a NUL`;
  return { dims, kernel, baseline };
}
