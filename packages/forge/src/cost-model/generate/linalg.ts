import type { Rng } from "@daily-kernel/compute";
import type { Element } from "./affine-kernel.ts";
import { between, chance, choose } from "./choose.ts";

/** Named operations with the shapes of their operands for sizes a, b, c and a window w. */
const named: Record<
  string,
  (a: number, b: number, c: number, w: number) => readonly (readonly number[])[]
> = {
  matmul: (a, b, c) => [
    [a, c],
    [c, b],
    [a, b],
  ],
  batch_matmul: (a, b, c, w) => [
    [w, a, c],
    [w, c, b],
    [w, a, b],
  ],
  matvec: (a, b) => [[a, b], [b], [a]],
  vecmat: (a, b) => [[a], [a, b], [b]],
  conv_1d: (a, b, _, w) => [[a * b + w - 1], [w], [a * b]],
  conv_2d: (a, b, _, w) => [
    [a + w - 1, b + w - 1],
    [w, w],
    [a, b],
  ],
  conv_2d_nhwc_hwcf: (a, b, c, w) => [
    [1, a + w - 1, b + w - 1, w],
    [w, w, w, c],
    [1, a, b, c],
  ],
  depthwise_conv_2d_nhwc_hwc: (a, b, c, w) => [
    [1, a + w - 1, b + w - 1, c],
    [w, w, c],
    [1, a, b, c],
  ],
  pooling_nhwc_sum: (a, b, c, w) => [
    [1, a + w - 1, b + w - 1, c],
    [w, w],
    [1, a, b, c],
  ],
};

/** An elementwise operation that follows: in place on the result, with operands that broadcast. */
function epilogue(
  rng: Rng,
  result: string,
  shape: readonly number[],
  element: Element,
  argument: (shape: readonly number[]) => string,
): string[] {
  const rank = shape.length;
  const dims = shape.map((_, d) => `d${d}`);
  const map = (of: readonly string[]) => `affine_map<(${dims.join(", ")}) -> (${of.join(", ")})>`;
  const operands: { name: string; kept: number[] }[] = [];
  for (let n = between(rng, 1, 3); n > 0; n--) {
    let kept = [...shape.keys()].filter(() => chance(rng, 0.6));
    if (rank > 1 && chance(rng, 0.15)) kept = kept.toReversed();
    if (kept.length === 0) kept = [rank - 1];
    operands.push({ name: argument(kept.map((d) => shape[d]!)), kept });
  }
  const type = (of: readonly number[]) => `memref<${of.join("x")}x${element}>`;
  const maps = [...operands.map(({ kept }) => map(kept.map((d) => `d${d}`))), map(dims)];
  const names = operands.map(({ name }) => name).join(", ");
  const types = operands.map(({ kept }) => type(kept.map((d) => shape[d]!))).join(", ");
  const values = operands.map((_, k) => `%x${k}`);
  const body: string[] = [];
  let last = "%y";
  for (const [k, value] of values.entries()) {
    const operation = choose(rng, ["addf", "mulf", "subf", "divf", "addf", "mulf"] as const);
    body.push(`      %e${k} = arith.${operation} ${last}, ${value} : ${element}`);
    last = `%e${k}`;
  }
  if (chance(rng, 0.3)) {
    body.push(`      %zero = arith.constant 0.0 : ${element}`);
    body.push(`      %positive = arith.cmpf ogt, ${last}, %zero : ${element}`);
    body.push(`      %relu = arith.select %positive, ${last}, %zero : ${element}`);
    last = "%relu";
  }
  return [
    `  linalg.generic {indexing_maps = [${maps.join(", ")}], iterator_types = [${dims.map(() => '"parallel"').join(", ")}]}`,
    `      ins(${names} : ${types}) outs(${result} : ${type(shape)}) {`,
    `    ^bb0(${[...values, "%y"].map((v) => `${v}: ${element}`).join(", ")}):`,
    ...body,
    `      linalg.yield ${last} : ${element}`,
    "  }",
  ];
}

/** One to three structured operations on buffers: products, convolutions, pooling, elementwise. */
export function linalgText(rng: Rng): string {
  const element = chance(rng, 0.8) ? "f32" : "f64";
  const types: string[] = [];
  const argument = (shape: readonly number[]): string => {
    types.push(`memref<${shape.join("x")}x${element}>`);
    return `%arg${types.length - 1}`;
  };
  const lines: string[] = [];
  for (let n = between(rng, 1, 2); n > 0; n--) {
    const operation = chance(rng, 0.35) ? "matmul" : choose(rng, Object.keys(named));
    const small = operation.includes("nhwc") ? [3, 10] : [4, 32];
    const size = () => between(rng, small[0]!, small[1]!);
    const shapes = named[operation]!(size(), size(), size(), between(rng, 2, 4));
    const first = types.length;
    const [a, b, c] = shapes.map(argument);
    if (chance(rng, 0.4)) {
      lines.push(`  %zero${n} = arith.constant 0.0 : ${element}`);
      lines.push(`  linalg.fill ins(%zero${n} : ${element}) outs(${c} : ${types[first + 2]})`);
    }
    const attributes = /_2d_n|nhwc/.test(operation)
      ? " {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>}"
      : "";
    lines.push(
      `  linalg.${operation}${attributes} ins(${a}, ${b} : ${types[first]}, ${types[first + 1]}) outs(${c} : ${types[first + 2]})`,
    );
    if (chance(rng, 0.5)) lines.push(...epilogue(rng, c!, shapes[2]!, element, argument));
  }
  const signature = types.map((type, i) => `%arg${i}: ${type}`).join(", ");
  return [`func.func @kernel(${signature}) {`, ...lines, "  return", "}", ""].join("\n");
}
