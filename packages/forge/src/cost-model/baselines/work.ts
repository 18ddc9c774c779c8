import type { MlirFunction, Operation } from "../mlir/module.ts";

export const elementsOf = (type: string): number =>
  (/<((?:\d+x)+)/.exec(type)?.[1] ?? "")
    .split("x")
    .reduce((product, n) => product * (n === "" ? 1 : Number(n)), 1);

/** Iterations of a loop with constant bounds, or over one tile (`d0 + 8`); 1 for what is no loop. */
function trips({ name, body }: Operation): number {
  if (!name.endsWith(".for")) return 1;
  const numbers = body.filter(({ kind }) => kind === "number").map(({ text }) => Number(text));
  const step = body.some(({ text }) => text === "step") ? numbers.pop()! : 1;
  const mapped = body.some(({ text }) => text === "affine_map");
  const length = mapped ? numbers.at(-1) : numbers.length === 2 ? numbers[1]! - numbers[0]! : 1;
  return Math.max(1, (length ?? 1) / Math.max(1, step));
}

/** Floating-point operations of one structured operation on whole arrays. */
function structured({ name, types }: Operation): number {
  const sizes = types.map(elementsOf);
  const result = sizes.at(-1) ?? 1;
  if (/matmul|matvec|vecmat|dot/.test(name)) return 2 * Math.sqrt(sizes.reduce((a, b) => a * b, 1));
  if (/conv|pooling/.test(name)) {
    const channels = Number(/(\d+)x[a-z]\w*>$/.exec(types[1] ?? "")?.[1] ?? 1);
    return (2 * result * (sizes[1] ?? 1)) / (name.includes("nhwc") ? channels : 1);
  }
  return Math.max(...sizes, 1);
}

/** What must be done at least: operations of arithmetic, and bytes of arguments and results. */
export function workOf(f: MlirFunction): { flops: number; bytes: number } {
  const around: { depth: number; trips: number }[] = [];
  let flops = 0;
  for (const operation of f.operations) {
    const { name, depth } = operation;
    while (around.length > 0 && around.at(-1)!.depth >= depth) around.pop();
    const times = around.reduce((product, loop) => product * loop.trips, 1);
    if (/^(arith|math)\./.test(name)) flops += times;
    else if (/^(linalg|tosa)\.(?!yield|const)/.test(name)) flops += times * structured(operation);
    around.push({ depth, trips: trips(operation) });
  }
  const signature = [...f.arguments, ...f.results];
  const bytes = signature.reduce(
    (sum, type) => sum + elementsOf(type) * (Number(/(\d+)>?$/.exec(type)?.[1] ?? 32) / 8),
    0,
  );
  return { flops, bytes };
}
