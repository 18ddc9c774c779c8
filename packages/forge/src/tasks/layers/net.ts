import { type Array64, type Ops, sizeOf } from "@daily-kernel/nn/reference";
import { Value } from "./value.ts";

/** An argument that a description asked for; `draw` is absent where the task's family draws it. */
export interface Argument {
  readonly name: string;
  readonly shape: readonly number[];
  readonly draw?: Draw;
}

/** How a weight is drawn: uniform in `mean` +- `spread`. */
export interface Draw {
  readonly mean: number;
  readonly spread: number;
  /** What all are at first, as published; drawn so for the family `uniform`. */
  readonly initial?: number;
}

/** What makes the arrays of a run: operations, and the arguments by name. */
export interface Run {
  readonly ops: Ops;
  readonly arrays: ReadonlyMap<string, Array64>;
}

/**
 * Reads a description of a network in one of two ways. Without a `run` only shapes flow: the
 * arguments that are asked for, the shapes of the results and the number of operations are noted.
 * With one, arrays flow too.
 */
export class Net {
  readonly inputs: Argument[] = [];
  readonly weights: Argument[] = [];
  /** Additions, multiplications and elementary functions so far. */
  flops = 0;
  readonly #run: Run | undefined;
  readonly #counts = new Map<string, number>();

  constructor(run?: Run) {
    this.#run = run;
  }

  /** A data input. */
  input(name: string, shape: readonly number[]): Value {
    this.inputs.push({ name, shape });
    return this.#argument(name, shape);
  }

  /** A weight; without another `draw` uniform in +-1. */
  weight(name: string, shape: readonly number[], draw: Draw = { mean: 0, spread: 1 }): Value {
    this.weights.push({ name, shape, draw });
    return this.#argument(name, shape);
  }

  /** `conv1`, `conv2`, ...: the next of the layers of a kind, by which its weights are named. */
  next(kind: string): string {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    return `${kind}${count}`;
  }

  /** The result of an operation: its shape, what it costs, and how its array comes about. */
  apply(shape: readonly number[], flops: number, compute: (ops: Ops) => Array64): Value {
    this.flops += flops;
    if (this.#run === undefined) return new Value(this, shape);
    const array = compute(this.#run.ops);
    return new Value(this, shape, checked(array, shape, "an operation"));
  }

  /** A fixed array: indices, masks, tables. */
  constant(array: Array64): Value {
    return new Value(this, array.shape, array);
  }

  #argument(name: string, shape: readonly number[]): Value {
    if (this.#run === undefined) return new Value(this, shape);
    return new Value(this, shape, checked(this.#run.arrays.get(name), shape, name));
  }
}

/** `array` if it has the shape that the description promises. */
function checked(array: Array64 | undefined, shape: readonly number[], what: string): Array64 {
  const same = array?.shape.length === shape.length && shape.every((n, i) => array.shape[i] === n);
  if (array !== undefined && same) return { data: array.data, shape };
  throw new TypeError(
    `Net: ${what} has the shape [${array?.shape.join(", ")}], expected [${shape.join(", ")}] (${sizeOf(shape)} elements)`,
  );
}
