import { StageFailed } from "./failure.ts";
import { run, type Tool } from "./tools.ts";

/** Tensors to buffers: TOSA to linalg, fusion of elementwise operations, results to out parameters. */
const toBuffers = [
  "func.func(tosa-to-linalg-named,tosa-to-linalg,tosa-to-arith,tosa-to-tensor)",
  "linalg-fuse-elementwise-ops",
  "canonicalize",
  "one-shot-bufferize{bufferize-function-boundaries allow-return-allocs function-boundary-type-conversion=identity-layout-map}",
  "buffer-results-to-out-params",
  "canonicalize",
].join(",");

/** Buffers to LLVM's dialect, by affine loops. */
const toLlvm = [
  "func.func(convert-linalg-to-affine-loops,affine-scalrep,lower-affine,convert-scf-to-cf)",
  "memref-expand",
  "convert-math-to-llvm",
  "convert-memref-to-llvm",
  "convert-arith-to-llvm",
  "convert-func-to-llvm{use-bare-ptr-memref-call-conv=1}",
  "convert-cf-to-llvm",
  "reconcile-unrealized-casts",
].join(",");

/** A lowered module: LLVM IR, and the type of each argument of each function. */
export interface Lowered {
  readonly ir: string;
  readonly functions: ReadonlyMap<string, readonly string[]>;
}

export async function stage(
  name: string,
  tool: Tool,
  args: readonly string[],
  input: string,
  signal?: AbortSignal,
): Promise<string> {
  const ran = await run(tool, args, input, signal);
  if (!ran.ok) throw new StageFailed(name, ran.stderr);
  return ran.out;
}

/** The types of a function's arguments out of `%arg0: memref<4x4xf32>, %arg1: ...`. */
const argumentTypes = (list: string): string[] =>
  [...list.matchAll(/%\w+: ((?:[^<>,{ ]|<[^>]*>)+)/g)].map(([, type]) => type!);

/**
 * MLIR text to LLVM IR. Arguments that are buffers do not overlap (`noalias`): they are different
 * buffers to MLIR, too.
 */
export async function lower(text: string, signal?: AbortSignal): Promise<Lowered> {
  const heap = await stage("bufferize", "mlir-opt", [`--pass-pipeline=${toBuffers}`], text, signal);
  // On the stack intermediate buffers need no library, which a GPU has not.
  const buffers = heap
    .replaceAll("memref.alloc()", "memref.alloca()")
    .replaceAll(/^ *memref\.dealloc .*$/gm, "");
  const llvm = await stage("to-llvm", "mlir-opt", [`--pass-pipeline=${toLlvm}`], buffers, signal);
  const ir = await stage("translate", "mlir-translate", ["--mlir-to-llvmir"], llvm, signal);
  const functions = new Map<string, readonly string[]>();
  for (const [, name, list] of buffers.matchAll(
    /^ *func\.func @([\w.$-]+)\((.*?)\) (?:->.*)?(?:attributes .*)?\{$/gm,
  )) {
    functions.set(name!, argumentTypes(list!));
  }
  return {
    ir: ir
      .replaceAll(/,? !dbg !\d+|^!llvm\.dbg\.cu = .*$/gm, "") // what mlir-translate adds
      .replaceAll(/^define .*$/gm, (line) =>
        line.replaceAll("ptr %", "ptr noalias %").replaceAll(/\* %/g, "* noalias %"),
      ),
    functions,
  };
}
