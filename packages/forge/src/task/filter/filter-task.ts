import { checkNumbers, checkObject, checkType, domainError, Rng } from "@daily-kernel/compute";
import type { Dims, InputFamily, Task } from "../task.ts";
import type { KernelTensor } from "../tensor.ts";
import { type Runs, range, spreadAlong, spreadOverRuns } from "./spread.ts";
import { type WeakAnswers, weakAnswers } from "./weak-answers.ts";

/** Why a task says little about a kernel. Each is measured with everything else held fixed. */
export type Flaw =
  | "near-constant"
  | "no-spread-over-seeds"
  | "flat-along-an-axis"
  | "weights-do-not-matter"
  | "inputs-do-not-matter";

interface Measured {
  readonly flaw: Flaw;
  readonly found: boolean;
  /** Spread over the largest magnitude of the output: found below the threshold. */
  readonly spread: number;
  readonly evidence: string;
}

/** What the filters say of a task at one size. */
export interface Filtered {
  readonly id: string;
  readonly dims: Dims;
  readonly flaws: readonly Measured[];
  readonly accepts: readonly WeakAnswers[];
}

export interface FilterOptions {
  /** Inputs drawn; default 10, at least 2. */
  seeds?: number;
  /** Of the weak judge, absolute and relative; default 1e-2 and 1e-4. */
  tolerances?: readonly number[];
  /** Default: `scaled(4096)`. */
  dims?: Dims;
  /** Default `uniform`, which is as published where the task has it. */
  family?: InputFamily;
  /** The spread, relative to the largest magnitude, below which there is none; default 0.01. */
  threshold?: number;
  /** Seed of all draws; default 0. */
  seed?: number;
}

interface Setting {
  readonly dims: Dims;
  readonly family: InputFamily;
  readonly seeds: number;
  readonly rng: Rng;
}

function setting(task: Task, options: FilterOptions): Setting {
  const fn = "filterTask";
  checkObject(fn, "task", task);
  checkObject(fn, "options", options);
  const { seeds = 10, seed = 0, tolerances = [], threshold = 0.01, family } = options;
  checkNumbers(fn, "tolerances", tolerances);
  for (const [name, value] of Object.entries({ threshold, ...tolerances })) {
    const told = name === "threshold" ? name : `tolerances[${name}]`;
    checkType(typeof value === "number", fn, told, "a number", value);
    if (!(value >= 0)) throw domainError(`${fn}: ${told} must be >= 0, got ${value}`);
  }
  if (family !== undefined) {
    const known = task.families.includes(family);
    checkType(known, fn, "family", `one of ${task.families.join(", ")}`, family);
  }
  checkType(typeof seeds === "number", fn, "seeds", "a number", seeds);
  if (!Number.isInteger(seeds) || seeds < 2) {
    throw domainError(`filterTask: seeds must be a whole number >= 2, got ${seeds}`);
  }
  const usual = task.families.includes("uniform") ? "uniform" : task.families[0];
  return {
    dims: options.dims ?? task.scaled(4096),
    family: family ?? usual ?? "uniform",
    seeds,
    rng: new Rng(seed).spawn(task.id),
  };
}

/**
 * The outputs of several runs; run s draws its data and its weights with the named generators.
 * Weights are as published, or of the family `varied`.
 */
function runs(
  task: Task,
  { dims, family, seeds, rng }: Setting,
  names: (s: number) => { readonly data: string; readonly weights: string },
  varied: InputFamily = family,
): Runs[] {
  const weights = new Set(task.weights(dims));
  const draw = (name: string, from = family) => task.draw(dims, from, rng.spawn(name));
  const all = Array.from({ length: seeds }, (_, s) => {
    const of = names(s);
    const data = draw(of.data);
    const learned = of.weights === of.data ? data : draw(of.weights, varied);
    const inputs = data.map((x, i) => (weights.has(i) ? learned[i] : x) as KernelTensor);
    return task.values(inputs, dims);
  });
  return (all[0] ?? []).map(({ shape }, k) => ({
    shape,
    values: all.map((outputs) => (outputs[k] as { data: Float64Array }).data),
    noise: 0,
  }));
}

/** As `runs`, with what of the differences is rounding. */
function comparedRuns(...given: Parameters<typeof runs>): Runs[] {
  const [task, { dims, family, rng }] = given;
  const exact = task.reference(task.draw(dims, family, rng.spawn("data 0")), dims);
  return runs(...given).map((output, k) => ({
    ...output,
    noise: (exact[k] as { bound: Float64Array }).bound.reduce((m, b) => Math.max(m, b), 0),
  }));
}

/** Only the inputs change from run to run, as under a judge that draws the weights once. */
const freshInputs = (s: number) => ({ data: `data ${s}`, weights: "weights" });

/** Which answers that compute nothing pass at each tolerance, with one draw of the weights. */
export function acceptedAnswers(task: Task, options: FilterOptions = {}): WeakAnswers[] {
  const outputs = runs(task, setting(task, options), freshInputs);
  return (options.tolerances ?? [1e-2, 1e-4]).map((t) => weakAnswers(outputs, t));
}

/**
 * Measures what makes a task easy to cheat: thresholds are relative to the output, and one factor
 * changes at a time. A flaw of one output of several is none of the task. Costs 3 `seeds` runs of
 * the reference and three with its bounds.
 * @throws RangeError `ERR_DOMAIN` for fewer than two seeds.
 */
export function filterTask(task: Task, options: FilterOptions = {}): Filtered {
  const { threshold = 0.01 } = options;
  const here = setting(task, options);
  const both = comparedRuns(task, here, (s) => ({ data: `data ${s}`, weights: `data ${s}` }));
  const inputs = comparedRuns(task, here, freshInputs);
  // As published, the weights of norms are the same in every draw.
  const varied = task.families.includes("normal") ? "normal" : here.family;
  const hasWeights = task.weights(here.dims).length > 0;
  const measured = (flaw: Flaw, spread: number, what: string): Measured => ({
    flaw,
    found: spread < threshold,
    spread,
    evidence: `${what}: ${spread.toExponential(2)} of the largest magnitude`,
  });
  const most = (outputs: readonly Runs[], of: (output: Runs) => number) =>
    outputs.reduce((m, output) => Math.max(m, of(output)), 0);
  const over = `over ${here.seeds} draws`;
  return {
    id: task.id,
    dims: here.dims,
    flaws: [
      measured("near-constant", most(both, range), `range of all elements ${over}`),
      measured(
        "no-spread-over-seeds",
        most(both, spreadOverRuns),
        `deviation ${over} of all inputs`,
      ),
      ...flatAxis(both).map(({ axis, spread }) =>
        measured("flat-along-an-axis", spread, `deviation along axis ${axis}`),
      ),
      ...(hasWeights
        ? [
            measured(
              "weights-do-not-matter",
              most(
                comparedRuns(
                  task,
                  here,
                  (s) => ({ data: "data", weights: `weights ${s}` }),
                  varied,
                ),
                spreadOverRuns,
              ),
              `deviation ${over} of the weights, inputs fixed`,
            ),
          ]
        : []),
      measured(
        "inputs-do-not-matter",
        most(inputs, spreadOverRuns),
        `deviation ${over} of the inputs${hasWeights ? ", weights fixed" : ""}`,
      ),
    ],
    accepts: (options.tolerances ?? [1e-2, 1e-4]).map((t) => weakAnswers(inputs, t)),
  };
}

/** The axis of an output along which elements differ least; none where no axis is longer than 1. */
function flatAxis(outputs: readonly Runs[]): { axis: number; spread: number }[] {
  const [first] = outputs
    .flatMap((output) =>
      output.shape.flatMap((length, axis) =>
        length > 1 ? [{ axis, spread: spreadAlong(output, axis) }] : [],
      ),
    )
    .sort((a, b) => a.spread - b.spread);
  return first === undefined ? [] : [first];
}
