import type { BackendId, Candidate, Task } from "@daily-kernel/forge";
import * as assembly from "./assembly.ts";
import * as cpp from "./cpp.ts";
import * as fortran from "./fortran.ts";
import { type Bodies, type Frame, signatureOf } from "./frame.ts";
import * as opencl from "./opencl.ts";
import * as wgsl from "./wgsl.ts";

/** The columns of the matrix. */
export const backEnds = ["cpp", "openmp", "fortran", "opencl", "wasm", "wgsl"] as const;
export type BackEnd = (typeof backEnds)[number] & BackendId;

/** The rows: twenty tasks of thirteen categories. */
export const kernelTasks: readonly string[] = Object.keys(cpp.bodies);

const from =
  <Body>({ frame, bodies }: { frame: Frame<Body>; bodies: Bodies<Body> }) =>
  (task: Task): Candidate => {
    const body = bodies[task.id];
    if (body === undefined) throw new RangeError(`kernel: there is none for ${task.id}`);
    return frame(signatureOf(task), body);
  };

const writers: Readonly<Record<BackEnd, (task: Task) => Candidate>> = {
  cpp: from(cpp),
  openmp: from(cpp),
  fortran: from(fortran),
  opencl: from(opencl),
  wasm: from(assembly),
  wgsl: from(wgsl),
};

/** The hand-written kernel for a task on a back end. */
export const kernel = (task: Task, backEnd: BackEnd): Candidate => writers[backEnd](task);
