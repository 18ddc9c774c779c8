import { type Array64, createOps, type Ops, primitives } from "@daily-kernel/nn/reference";
import { SMALLEST_NORMAL } from "../tasks/plain/bounds.ts";
import { localErrors, sums } from "./local-error.ts";
import type { Expected } from "./task.ts";

/** A composed computation; the operations that it calls must not depend on the numbers. */
export type Computation = (ops: Ops) => readonly Array64[];

type Operation = (...args: never[]) => unknown;
type Locals = Readonly<Record<string, (y: Array64, ...args: never[]) => Float64Array>>;

/** Ops whose every result went through `after`; numbers that are only chosen are float32 numbers. */
function watched(after: (name: string, y: Array64, args: readonly unknown[]) => Array64): Ops {
  const wrapped = Object.entries(primitives).map(([name, operation]) => {
    const local = Object.hasOwn(localErrors, name);
    const call = (...args: unknown[]) => {
      const given = chooses.has(name) ? args.map(rounded) : args;
      const y = (operation as Operation)(...(given as never[]));
      return local ? after(name, y as Array64, args) : y;
    };
    return [name, call];
  });
  return createOps(Object.fromEntries(wrapped));
}

const chooses = new Set(["clamp", "minimum", "maximum", "where", "maskedFill"]);
const rounded = (x: unknown) => (typeof x === "number" ? Math.fround(x) : x);

/** The operations as tasks use them: in double precision, with float32 constants. */
export const exactOps: Ops = watched((_, y) => y);

/** Results that no rounding makes negative. */
const neverNegative = new Set(["square", "sqrt", "exp", "sigmoid", "variance"]);

interface Step {
  readonly name: string;
  readonly local: Float64Array;
}

/**
 * The outputs of a computation with their bounds. The computation runs again `runs` times (a power
 * of two) with an error at each operation's result that a float32 kernel may make there; four times
 * the root mean square of what that does to an output is its bound, and never less than what the
 * last operation may do alone. Each operation's errors change their signs from run to run by a
 * column of a Hadamard matrix, so that those of two operations never cancel in all runs. Sums are
 * moved by a quarter of their bound, which counts on all roundings at their worst. Costs 2 + `runs`
 * times the computation.
 */
export function bounded(compute: Computation, runs = 8): Expected[] {
  const steps: Step[] = [];
  const last = new Map<Float64Array, Float64Array>();
  const measuring = watched((name, y, args) => {
    const local = localOf(name, y, args);
    steps.push({ name, local });
    last.set(y.data, local);
    return y;
  });
  const outputs = compute(measuring);
  const values = outputs.map((y) => Float64Array.from(y.data));
  const squares = values.map((v) => new Float64Array(v.length));
  for (let run = 0; run < runs; run++) {
    compute(disturbing(steps, (column) => odd(run & (1 + (column % (runs - 1)))))).forEach(
      (y, k) => {
        const [value, square] = [values[k], squares[k]] as [Float64Array, Float64Array];
        for (let i = 0; i < value.length; i++) {
          const d = (y.data[i] as number) - (value[i] as number);
          if (Number.isFinite(d)) (square[i] as number) += d * d;
        }
      },
    );
  }
  return outputs.map(({ data, shape }, k) => {
    const own = last.get(data);
    const value = values[k] as Float64Array;
    const bound = (squares[k] as Float64Array).map((s, i) => {
      const whole = Math.max(4 * Math.sqrt(s / runs), own?.[i] ?? 0);
      // What rounds may underflow, and a double that is too small for its errors is no float32.
      const float = own === undefined && Math.fround(value[i] as number) === value[i];
      const exact = whole === 0 && float;
      return exact ? 0 : whole + 4 * SMALLEST_NORMAL;
    });
    return { shape, value, bound };
  });
}

function localOf(name: string, y: Array64, args: readonly unknown[]): Float64Array {
  const local = (localErrors as Locals)[name]?.(y, ...(args as never[])) ?? new Float64Array();
  // Beside infinities (a masked score) nothing rounds.
  return local.map((e) => (Number.isFinite(e) ? e : 0));
}

/** Whether the ones of a number are odd in number: the sign in Sylvester's Hadamard matrix. */
const odd = (x: number): boolean => x !== 0 && odd(x >> 1) !== ((x & 1) === 1);

function disturbing(steps: readonly Step[], turned: (column: number) => boolean): Ops {
  let next = 0;
  let bits = 0x9e3779b9 | 0;
  return watched((name, y) => {
    const sign = turned(next) ? -1 : 1;
    const step = steps[next++];
    if (step?.name !== name || step.local.length !== y.data.length) {
      throw new TypeError("bounded: the computation calls other operations for other numbers");
    }
    const size = (sums.has(name) ? 0.25 : 1) * sign;
    const floor = neverNegative.has(name) ? 0 : -Infinity;
    const data = y.data.map((v, i) => {
      // Marsaglia's xorshift: a coin for each element.
      bits ^= bits << 13;
      bits ^= bits >>> 17;
      bits ^= bits << 5;
      const e = size * (step.local[i] as number);
      return Math.max(v + (bits & 0x10000 ? e : -e), floor);
    });
    return { data, shape: y.shape };
  });
}
