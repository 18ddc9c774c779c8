import type { Candidate, Task, TensorSpec } from "@daily-kernel/forge";

/** The names and kinds of a task's arguments, as the languages spell them. */
export interface Signature {
  readonly inputs: readonly Name[];
  readonly outputs: readonly Name[];
  readonly dims: readonly string[];
}

interface Name {
  readonly name: string;
  readonly integer: boolean;
}

/** Bodies by the id of their task. */
export type Bodies<Body = string> = Readonly<Record<string, Body>>;

/** Layers' names have a dot (`linear1.weight`), which no language takes. */
const spelled = (name: string) => name.replaceAll(".", "_");

export function signatureOf(task: Task): Signature {
  const dims = task.shapes[0] as readonly number[];
  const named = ({ name, dtype }: TensorSpec): Name => ({
    name: spelled(name),
    integer: dtype === "int32",
  });
  const inputs = task.inputs(dims).map(named);
  // What is updated has one name before and after.
  const outputs = task
    .outputs(dims)
    .map(named)
    .map((output) => {
      const taken = inputs.some(({ name }) => name === output.name);
      return taken ? { ...output, name: `${output.name}After` } : output;
    });
  return { inputs, outputs, dims: task.dimNames };
}

/** All lines of `text` moved in by two more spaces. */
export const indented = (text: string): string => text.trim().replaceAll("\n", "\n  ");

export type Frame<Body = string> = (task: Signature, body: Body) => Candidate;
