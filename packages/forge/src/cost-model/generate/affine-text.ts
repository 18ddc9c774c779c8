import type { AffineKernel, Contraction, Schedule, Stencil } from "./affine-kernel.ts";
import type { Expression } from "./expression.ts";

/** Elements on each side of a stencil's domain that shifted loads may touch. */
const HALO = 2;

/** Lines of text with fresh SSA names. */
class Writer {
  readonly lines: string[] = [];
  #values = 0;
  #depth = 1;
  line(text: string): void {
    this.lines.push("  ".repeat(this.#depth) + text);
  }
  value(text: string): string {
    const name = `%${this.#values++}`;
    this.line(`${name} = ${text}`);
    return name;
  }
  open(text: string): void {
    this.line(`${text} {`);
    this.#depth++;
  }
  close(): void {
    this.#depth--;
    this.line("}");
  }
}

const shifted = (name: string, by: number): string =>
  by === 0 ? name : `${name} ${by < 0 ? "-" : "+"} ${Math.abs(by)}`;

/** Opens the loops of a schedule, runs `body` for each copy of the innermost one, and closes them. */
function nest(
  out: Writer,
  extents: readonly number[],
  low: number,
  { order, tile, unroll }: Schedule,
  body: (index: (dimension: number, offset: number) => string) => void,
): void {
  const innermost = order.at(-1)!;
  const tiled = tile === 0 ? [] : order.slice(0, 2);
  for (const d of tiled)
    out.open(`affine.for %t${d} = ${low} to ${low + extents[d]!} step ${tile}`);
  for (const d of order) {
    const step = d === innermost && unroll > 1 ? ` step ${unroll}` : "";
    const range = tiled.includes(d)
      ? `affine_map<(d0) -> (d0)>(%t${d}) to affine_map<(d0) -> (d0 + ${tile})>(%t${d})`
      : `${low} to ${low + extents[d]!}`;
    out.open(`affine.for %i${d} = ${range}${step}`);
  }
  for (let copy = 0; copy < unroll; copy++) {
    body((d, offset) => shifted(`%i${d}`, offset + (d === innermost ? copy : 0)));
  }
  for (let i = tiled.length + order.length; i > 0; i--) out.close();
}

/** The value of an expression whose loads are written by `load`. */
function evaluate(
  out: Writer,
  { loads, nodes, early }: Expression,
  element: string,
  load: (index: number) => string,
): string {
  const values = new Map<number, string>();
  const use = (index: number): string => {
    const value = values.get(index) ?? load(index);
    values.set(index, value);
    return value;
  };
  if (early) for (const index of loads.keys()) use(index);
  for (const [k, { operation, arguments: args }] of nodes.entries()) {
    const [a, b] = args.map(use);
    const value =
      operation === "sqrt"
        ? out.value(`math.sqrt ${a} : ${element}`)
        : operation === "max"
          ? out.value(
              `arith.select ${out.value(`arith.cmpf ogt, ${a}, ${b} : ${element}`)}, ${a}, ${b} : ${element}`,
            )
          : out.value(`arith.${operation} ${a}, ${b} : ${element}`);
    values.set(loads.length + k, value);
  }
  return values.get(loads.length + nodes.length - 1)!;
}

function stencilText(kernel: Stencil, schedule: Schedule): string {
  const { element, extents, inputs, statements } = kernel;
  const type = `memref<${extents.map((n) => n + 2 * HALO).join("x")}x${element}>`;
  const out = new Writer();
  const every = extents.map((_, d) => d);
  const buffers = schedule.fused ? inputs + 1 : inputs + statements.length;
  const groups = schedule.fused ? [[...statements.keys()]] : [...statements.keys()].map((k) => [k]);
  for (const group of groups) {
    nest(out, extents, HALO, schedule, (index) => {
      let forwarded = "";
      for (const k of group) {
        const { loads } = statements[k]!;
        forwarded = evaluate(out, statements[k]!, element, (i) => {
          const { buffer, offsets } = loads[i]!;
          if (buffer === inputs && schedule.fused) return forwarded;
          const from = buffer === inputs ? inputs + k - 1 : buffer;
          const at = every.map((d) => index(d, offsets[d]!)).join(", ");
          return out.value(`affine.load %arg${from}[${at}] : ${type}`);
        });
      }
      const to = schedule.fused ? inputs : inputs + group[0]!;
      const at = every.map((d) => index(d, 0)).join(", ");
      out.line(`affine.store ${forwarded}, %arg${to}[${at}] : ${type}`);
    });
  }
  return func(Array(buffers).fill(type), out);
}

function contractionText(kernel: Contraction, schedule: Schedule): string {
  const { element, extents, transposed } = kernel;
  const out = new Writer();
  const axes = [transposed[0] ? [2, 0] : [0, 2], transposed[1] ? [1, 2] : [2, 1], [0, 1]];
  const types = axes.map((of) => `memref<${of.map((d) => extents[d]).join("x")}x${element}>`);
  nest(out, extents, 0, schedule, (index) => {
    const at = (argument: number) =>
      `%arg${argument}[${axes[argument]!.map((d) => index(d, 0)).join(", ")}] : ${types[argument]}`;
    const [a, b, c] = [0, 1, 2].map((argument) => out.value(`affine.load ${at(argument)}`));
    const product = out.value(`arith.mulf ${a}, ${b} : ${element}`);
    const sum = out.value(`arith.addf ${c}, ${product} : ${element}`);
    out.line(`affine.store ${sum}, ${at(2)}`);
  });
  return func(types, out);
}

function func(types: readonly string[], out: Writer): string {
  const signature = types.map((type, i) => `%arg${i}: ${type}`).join(", ");
  return [`func.func @kernel(${signature}) {`, ...out.lines, "  return", "}", ""].join("\n");
}

/** The MLIR of a kernel in a schedule: one function over its inputs, buffers and result. */
export const affineText = (kernel: AffineKernel, schedule: Schedule): string =>
  kernel.kind === "stencil" ? stencilText(kernel, schedule) : contractionText(kernel, schedule);
