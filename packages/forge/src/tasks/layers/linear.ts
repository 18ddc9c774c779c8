import { sizeOf } from "@daily-kernel/nn/reference";
import type { Value } from "./value.ts";

/** x w^T + b over the last axis; weight [features, in], drawn in +-1/sqrt(in). */
export function linear(
  x: Value,
  features: number,
  options: { name?: string; bias?: boolean } = {},
): Value {
  const { net } = x;
  const name = options.name ?? net.next("linear");
  const inner = x.shape.at(-1) as number;
  const draw = { mean: 0, spread: 1 / Math.sqrt(inner) };
  const weight = net.weight(`${name}.weight`, [features, inner], draw);
  const shape = [...x.shape.slice(0, -1), features];
  const flops = 2 * sizeOf(shape) * inner;
  const y = net.apply(shape, flops, (o) => o.matmul(x.array, o.transpose(weight.array)));
  return options.bias === false ? y : y.add(net.weight(`${name}.bias`, [features], draw));
}
