import type { Rng } from "@daily-kernel/compute";
import { between, choose } from "./choose.ts";

interface Value {
  readonly name: string;
  readonly shape: readonly number[];
}

const unary = ["abs", "negate", "reciprocal", "rsqrt", "floor", "ceil", "clamp"] as const;
const binary = ["add", "add", "sub", "mul", "mul"] as const;

const tensor = (shape: readonly number[], element = "f32") =>
  `tensor<${shape.join("x")}x${element}>`;

/** The shape of an elementwise result, or null where the two do not broadcast. */
function broadcast(a: readonly number[], b: readonly number[]): readonly number[] | null {
  const shape = a.map((n, i) => Math.max(n, b[i]!));
  return a.every((n, i) => n === b[i] || n === 1 || b[i] === 1) ? shape : null;
}

/**
 * A random TOSA graph of 2 to 14 operations on matrices: elementwise operations with broadcasting,
 * comparison and selection, row and column sums, transposes and matrix products. Operations that
 * become library calls (exp, tanh) or that LLVM 15 cannot select (maximum) are left out.
 */
export function tosaText(rng: Rng): string {
  const sizes = [4, 8, 12, 16, 20, 24, 32, 48, 64];
  const [rows, cols] = [choose(rng, sizes), choose(rng, sizes)];
  const lines: string[] = [];
  let count = 0;
  const emit = (
    operation: string,
    operands: readonly Value[],
    shape: readonly number[],
    attributes = "",
    element = "f32",
  ): Value => {
    const value = { name: `%${count++}`, shape };
    const types = operands.map((o) => tensor(o.shape)).join(", ");
    const names = operands.map((o) => o.name).join(", ");
    lines.push(
      `  ${value.name} = "tosa.${operation}"(${names})${attributes} : (${types}) -> ${tensor(shape, element)}`,
    );
    return value;
  };
  const args: Value[] = Array.from({ length: between(rng, 1, 4) }, (_, i) => ({
    name: `%arg${i}`,
    shape:
      i === 0
        ? [rows, cols]
        : choose(rng, [
            [rows, cols],
            [rows, cols],
            [1, cols],
            [rows, 1],
          ]),
  }));
  const all = [...args];
  let fresh = [...args];
  const pick = (): Value => {
    const kind = rng.uniform();
    return kind < 0.5
      ? all.at(-1)!
      : kind < 0.8 && fresh.length > 0
        ? choose(rng, fresh)
        : choose(rng, all);
  };
  const add = (value: Value, used: readonly Value[]) => {
    fresh = fresh.filter((v) => !used.includes(v));
    fresh.push(value);
    all.push(value);
  };
  for (let left = between(rng, 2, 14); left > 0; left--) {
    const a = pick();
    const kind = rng.uniform();
    if (kind < 0.25) {
      const operation = choose(rng, unary);
      const attributes =
        operation === "clamp"
          ? " {max_fp = 6.0 : f32, max_int = 6 : i64, min_fp = 0.0 : f32, min_int = 0 : i64}"
          : "";
      add(emit(operation, [a], a.shape, attributes), [a]);
    } else if (kind < 0.7) {
      const b = pick();
      const shape = broadcast(a.shape, b.shape);
      if (shape === null) continue;
      const operation = choose(rng, binary);
      add(emit(operation, [a, b], shape, operation === "mul" ? " {shift = 0 : i32}" : ""), [a, b]);
    } else if (kind < 0.78) {
      const b = pick();
      const shape = broadcast(a.shape, b.shape);
      if (shape === null) continue;
      const condition = emit("greater", [a, b], shape, "", "i1");
      const value = { name: `%${count++}`, shape };
      const types = `${tensor(shape, "i1")}, ${tensor(a.shape)}, ${tensor(b.shape)}`;
      lines.push(
        `  ${value.name} = "tosa.select"(${condition.name}, ${a.name}, ${b.name}) : (${types}) -> ${tensor(shape)}`,
      );
      add(value, [a, b]);
    } else if (kind < 0.86) {
      const axis = rng.integer(2);
      const shape = a.shape.map((n, d) => (d === axis ? 1 : n));
      add(emit("reduce_sum", [a], shape, ` {axis = ${axis} : i64}`), [a]);
    } else if (kind < 0.93) {
      const order = `%${count++}`;
      lines.push(
        `  ${order} = "tosa.const"() {value = dense<[1, 0]> : tensor<2xi32>} : () -> tensor<2xi32>`,
      );
      const shape = a.shape.toReversed();
      const value = { name: `%${count++}`, shape };
      lines.push(
        `  ${value.name} = "tosa.transpose"(${a.name}, ${order}) : (${tensor(a.shape)}, tensor<2xi32>) -> ${tensor(shape)}`,
      );
      add(value, [a]);
    } else {
      const b = all.toReversed().find((v) => v.shape[0] === a.shape[1]);
      if (b === undefined) continue;
      const reshape = (v: Value, shape: readonly number[]) =>
        emit("reshape", [v], shape, ` {new_shape = [${shape.join(", ")}]}`);
      const product = [a.shape[0]!, b.shape[1]!];
      const left3 = reshape(a, [1, ...a.shape]);
      const right3 = reshape(b, [1, ...b.shape]);
      add(reshape(emit("matmul", [left3, right3], [1, ...product]), product), [a, b]);
    }
  }
  const result = all.at(-1)!;
  const live = withoutDead(lines, result.name);
  if (live.length < 2) return tosaText(rng);
  const signature = args.map((a) => `${a.name}: ${tensor(a.shape)}`).join(", ");
  return [
    `func.func @kernel(${signature}) -> ${tensor(result.shape)} {`,
    ...live,
    `  return ${result.name} : ${tensor(result.shape)}`,
    "}",
    "",
  ].join("\n");
}

/** The lines that the value `needed` depends on: front ends leave no dead code. */
function withoutDead(lines: readonly string[], needed: string): string[] {
  const live = new Set([needed]);
  const kept: string[] = [];
  for (const line of lines.toReversed()) {
    const [name, ...operands] = line.match(/%\w+/g)!;
    if (!live.has(name!)) continue;
    for (const operand of operands) live.add(operand);
    kept.unshift(line);
  }
  return kept;
}
