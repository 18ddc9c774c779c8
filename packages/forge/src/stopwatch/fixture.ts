import type { Backend, CallRequest, CallResult, Candidate, Session } from "../session/backend.ts";
import type { Dims, Task } from "../task/task.ts";
import type { KernelTensor } from "../task/tensor.ts";

/** How a pretended kernel behaves: what its calls take and leave. */
export interface Behaviour {
  /** Nanoseconds of a call: its number in the process, whether its numbers were seen before, who runs beside it. */
  readonly ns: (call: number, seen: boolean, beside: readonly string[]) => number;
  /** The share of the time on the wall in which it has a processor; untold without it. */
  readonly awake?: number;
  readonly result?: Partial<CallResult>;
  /** In the place of the right answer. */
  readonly outputs?: (request: CallRequest) => readonly KernelTensor[];
}

/** A back end whose candidates are names of behaviours; it remembers which were opened. */
export function fakeBackend(behaviours: Readonly<Record<string, Behaviour>>, task: Task) {
  const open = new Set<string>();
  const opened: string[] = [];
  const backend: Backend = {
    id: "cpp",
    language: "cpp",
    oneProcess: true,
    probe: async () => ({ available: true, hardware: "pretended", version: "1" }),
    compile: async ({ source }: Candidate) => ({ backend: "cpp", hash: source, log: "" }),
    async open({ hash: name }) {
      const behaviour = behaviours[name]!;
      open.add(name);
      opened.push(name);
      return session(name, behaviour);
    },
  };
  const session = (name: string, { ns, awake, result, outputs }: Behaviour): Session => {
    let calls = 0;
    const seen = new Set<unknown>();
    return {
      async call(request) {
        const beside = [...open].filter((other) => other !== name);
        const times = Array.from({ length: Math.max(1, request.timed ?? 1) }, () => {
          const known = seen.has(request.inputs[0]);
          seen.add(request.inputs[0]);
          return ns(calls++, known, beside);
        });
        return {
          outputs: outputs?.(request) ?? answer(task, request.inputs, request.dims),
          sameOutputs: true,
          settled: true,
          inputsIntact: true,
          guardsIntact: true,
          status: 0,
          ns: times,
          ...(awake !== undefined && {
            cpuNs: awake * times.reduce((sum, each) => sum + each, 0),
          }),
          threads: 1,
          idleCpuNs: 0,
          ...result,
        };
      },
      async close() {
        open.delete(name);
        return { kind: "closed", detail: "", log: "" };
      },
    };
  };
  return { backend, opened, open };
}

const answer = (task: Task, inputs: readonly KernelTensor[], dims: Dims): KernelTensor[] =>
  task.reference(inputs, dims).map(({ shape, value }) => ({
    dtype: "float32",
    shape,
    data: Float32Array.from(value),
  }));

export const named = (source: string): Candidate => ({ source });
