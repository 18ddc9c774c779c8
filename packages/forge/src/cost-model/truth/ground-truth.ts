import { checkObject, checkType, domainError } from "@daily-kernel/compute";
import {
  dynamicTargets,
  staticTargets,
  type Target,
  type TargetValues,
  targetNames,
} from "../targets.ts";
import { keep, recall } from "./cache.ts";
import { execute } from "./dynamic.ts";
import { StageFailed, type TruthFailure } from "./failure.ts";
import { readGfx90a } from "./gfx90a.ts";
import { lower } from "./lower.ts";
import { llvmVersion } from "./tools.ts";
import { turn } from "./turn.ts";
import { analyse, assembleX86, readX86 } from "./x86.ts";

/** What the tool chain found for each function of a module. */
export interface Truth {
  /** Version of LLVM: truths of different versions must not be mixed. */
  readonly llvm: string;
  readonly cpu: string;
  /** In the order of the text. A target that a function has not (a GPU without the library it calls) is left out. */
  readonly functions: readonly { readonly name: string; readonly values: TargetValues }[];
}

export interface TruthOptions {
  /** x86 processor by LLVM's name: default `skylake`. */
  readonly cpu?: string;
  /** Default: the static ones. */
  readonly targets?: readonly Target[];
  /** Answers are kept by content under the user's cache folder unless `false`; times are not. */
  readonly cache?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Lowers a module of MLIR with LLVM 15's tools and reads what its functions cost. At most two
 * modules are in work at a time; more wait for their turn. A text that a stage refuses resolves to
 * that stage and what it said.
 * @throws TypeError `ERR_TYPE`, RangeError `ERR_DOMAIN`; ForgeError `ERR_TOOL_NOT_FOUND` with the
 *   line that installs the tool; the signal's reason on abort.
 */
export async function groundTruth(
  text: string,
  options: TruthOptions = {},
): Promise<Truth | TruthFailure> {
  checkType(typeof text === "string", "groundTruth", "text", "a string", text);
  checkObject("groundTruth", "options", options);
  const { cpu = "skylake", targets = staticTargets, cache = true, signal } = options;
  for (const target of targets) {
    if (!targetNames.includes(target)) {
      throw domainError(
        `groundTruth: targets must be among ${targetNames.join(", ")}, got ${String(target)}`,
      );
    }
  }
  signal?.throwIfAborted();
  const llvm = await llvmVersion();
  const wanted = new Set(targets);
  const key = ["truth 1", llvm, cpu, [...wanted].sort().join(" "), text];
  const cached = cache && !wanted.has("nanoseconds");
  if (cached) {
    const known = (await recall(key)) as Truth | TruthFailure | undefined;
    if (known !== undefined) return known;
  }
  const truth = await turn(() => compute(text, cpu, wanted, llvm, signal), signal);
  if (cached) await keep(key, truth);
  return truth;
}

async function compute(
  text: string,
  cpu: string,
  wanted: ReadonlySet<Target>,
  llvm: string,
  signal: AbortSignal | undefined,
): Promise<Truth | TruthFailure> {
  const wants = (...names: Target[]) => names.some((name) => wanted.has(name));
  try {
    const { ir, functions } = await lower(text, signal);
    const parts: ReadonlyMap<string, TargetValues>[] = [];
    if (
      wants(
        "instructions",
        "spills",
        "vectorRegisters",
        "blockCycles",
        "reciprocalThroughput",
        ...dynamicTargets,
      )
    ) {
      const assembly = await assembleX86(ir, cpu, signal);
      parts.push(readX86(assembly));
      if (wants("blockCycles", "reciprocalThroughput"))
        parts.push(await analyse(assembly, cpu, signal));
      if (wants(...dynamicTargets)) parts.push(await execute(assembly, functions, wanted, signal));
    }
    if (wants("vgprs", "valuInstructions")) parts.push(await readGfx90a(ir, signal));
    return {
      llvm,
      cpu,
      functions: [...functions.keys()].map((name) => {
        const all: TargetValues = Object.assign({}, ...parts.map((part) => part.get(name)));
        const kept = Object.entries(all).filter(([target]) => wanted.has(target as Target));
        return { name, values: Object.fromEntries(kept) };
      }),
    };
  } catch (error) {
    if (error instanceof StageFailed) return error.failure;
    throw error;
  }
}
