import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { orders, roundingOps, worst } from "../task/fixture.ts";
import { tasks } from "./registry.ts";

const examined = tasks
  .list()
  .filter(({ category }) => !["plain", "hpc", "architecture", "fusion"].includes(category));

/** Half precision rounds no whole numbers and no answers that are places or bits. */
const whole = new Set([
  "broadcast/logic_and_broadcast",
  "index/argmax_over_a_dimension",
  "index/argmin_over_a_dimension",
]);

test("bounds of all tasks: float32 stays inside, half precision and a constant do not", () => {
  examined.forEach((task, k) => {
    const order = orders[k % orders.length] ?? "tree";
    let half = whole.has(task.id) ? Infinity : 0;
    let constant = 0;
    // Sums of thousands have bounds as wide as half precision: smaller sizes tell them apart.
    for (const dims of task.shapes.toReversed()) {
      const inputs = task.draw(dims, task.families[0] ?? "uniform", new Rng(3));
      const expected = task.reference(inputs, dims);
      const honest = worst(task.values(inputs, dims, roundingOps(order)), expected);
      assert.ok(honest < 0.7, `${task.id} [${dims}] in float32: ${honest}`);
      const rounded = task.values(inputs, dims, roundingOps("tree", Math.f16round));
      half = Math.max(half, worst(rounded, expected));
      const [{ value, shape }] = expected as [(typeof expected)[number]];
      const same = { shape, data: value.map(() => value[0] as number) };
      constant = Math.max(constant, value.length > 1 ? worst([same], expected) : Infinity);
      if (half > 2 && constant > 2) break;
    }
    assert.ok(half > 2, `${task.id} in half precision: ${half}`);
    assert.ok(constant > 2, `${task.id} takes a constant`);
  });
});
