import { Rng } from "@daily-kernel/compute";
import {
  type Backend,
  type Candidate,
  faults,
  type GoldColumn,
  type HpcKernel,
  hpcGallery,
  hpcTasks,
  type JudgedSuggestion,
  type VerifyOptions,
  withFault,
} from "@daily-kernel/forge";
import { nativeForge } from "./toolchains.ts";

/** Says whether a candidate computes the kernel in the model that was asked for. */
export type Judge = (
  task: (typeof hpcTasks)[HpcKernel],
  candidate: Candidate,
  backend: Backend,
  asked: Pick<GoldColumn, "model" | "language">,
  options: Omit<VerifyOptions, "onProgress">,
) => Promise<JudgedSuggestion>;

/** One cell of the matrix: a kernel in a model. */
export interface Cell {
  readonly kernel: HpcKernel;
  readonly column: string;
  readonly accepted: boolean;
  /** Of the faults that were planted, how many were rejected. */
  readonly rejected: number;
  readonly planted: number;
}

export interface GoldResult {
  readonly cells: readonly Cell[];
  /** Models that could not run here, with the reason. */
  readonly missing: readonly string[];
}

/** Compilers that come with every development machine; the others are part of the full preset. */
const quickColumns = ["cpp", "openmp", "fortran"];

/** A correct suggestion: right numbers, and nothing but the requested model. */
const isRight = ({ correct, models }: JudgedSuggestion, { model }: GoldColumn) =>
  correct && models.has(model) && models.size === 1;

/** Python compiles during the first call, and a busy machine makes that long. */
const limits = { callTimeout: 60_000 };

/** What quick leaves out: all sizes but the smallest, a middle and the largest; all families but two. */
function few(kernel: HpcKernel): Pick<VerifyOptions, "shapes" | "families"> {
  const { shapes, families } = hpcTasks[kernel];
  return {
    shapes: [shapes[0]!, shapes[2]!, shapes.at(-1)!],
    families: families.filter((family) => family === "normal" || family === "signed"),
  };
}

/** What full asks: everything, of a kernel that does not take all sizes those that it takes. */
function all(
  kernel: HpcKernel,
  most: number | undefined,
  seed: number,
): Pick<VerifyOptions, "shapes"> {
  if (most === undefined) return {};
  const { shapes, drawDims } = hpcTasks[kernel];
  const rng = new Rng(seed, `sizes of ${kernel}`);
  const secret = Array.from({ length: 3 }, () => drawDims?.(rng) ?? shapes[0]!);
  return { shapes: [...shapes, ...secret].filter(([first = 0]) => first <= most) };
}

interface Work {
  readonly column: GoldColumn;
  readonly kernel: HpcKernel;
  readonly backend: Backend;
}

/** Runs the judge over all kernels of all models that are here, two at a time. */
export async function runGoldSet(
  judge: Judge,
  { full, seed, signal }: { full: boolean; seed: number; signal: AbortSignal },
  progress: (done: number, doing: string) => Promise<void>,
): Promise<GoldResult> {
  const columns = hpcGallery.filter(({ name }) => full || quickColumns.includes(name));
  const forge = await nativeForge();
  if (!forge) {
    return {
      cells: [],
      missing: columns.map(({ name }) => `${name}: runs outside a browser only`),
    };
  }
  const works: Work[] = [];
  const missing: string[] = [];
  for (const column of columns) {
    await progress(0, `looking for ${column.name}`);
    const backend = forge.backendById(column.backend);
    const probe = await backend.probe();
    if (!probe.available) missing.push(`${column.name}: ${probe.reason}`);
    else {
      const kernels = Object.keys(column.kernels) as HpcKernel[];
      works.push(...kernels.map((kernel) => ({ column, kernel, backend })));
    }
  }
  const cells: Cell[] = [];
  const queue = works.values();
  const worker = async () => {
    for (const work of queue) {
      const { kernel, column } = work;
      const asked = full ? all(kernel, column.kernels[kernel].most, seed) : few(kernel);
      cells.push(await judgeCell(judge, work, { seed, signal, limits, ...asked }));
      const doing = `${kernel} in ${column.name}`;
      await progress(cells.length / works.length, doing);
    }
  };
  await Promise.all([worker(), worker()]);
  return { cells, missing };
}

async function judgeCell(
  judge: Judge,
  { column, kernel, backend }: Work,
  options: Omit<VerifyOptions, "onProgress">,
): Promise<Cell> {
  const gold = column.kernels[kernel];
  const ask = async ({ source, flags, grid }: Candidate) => {
    const candidate = { source, ...(flags && { flags }), ...(grid && { grid }) };
    return isRight(await judge(hpcTasks[kernel], candidate, backend, column, options), column);
  };
  const accepted = await ask(gold);
  let rejected = 0;
  for (const fault of faults) if (!(await ask(withFault(gold, fault)))) rejected++;
  return { kernel, column: column.name, accepted, rejected, planted: faults.length };
}
