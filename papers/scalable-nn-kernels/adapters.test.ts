import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng } from "@daily-kernel/compute";
import { defaultDevice, init } from "@jax-js/jax";
import type { AdapterKind } from "./adapter-kinds.ts";
import { searched } from "./adapters.ts";
import { type FrozenNet, width } from "./frozen-net.ts";
import type { Labelled } from "./training.ts";

/** Points whose class is the sign of their first number. */
function points(rows: number, seed: number): Labelled {
  const x = matrix(rows, width, new Rng(seed).fillNormal(new Float64Array(rows * width)));
  for (let i = 0; i < rows; i++) x.data[i * width]! *= 8;
  const labels = Uint8Array.from({ length: rows }, (_, i) => Number(x.data[i * width]! > 0));
  return { x, labels, classes: 2 };
}

test("a search chooses by what was kept from training, not by what is tested", async () => {
  await init("wasm");
  defaultDevice("wasm");
  const training = points(256, 1);
  // What is tested has the other labels: whoever chose by it would choose the blind variant.
  const testing = { ...training, labels: training.labels.map((label) => 1 - label) };
  const net: FrozenNet = {
    ...{ training, validation: points(200, 2), testing },
    after: (h) => h,
    dispose() {},
  };
  const kind: AdapterKind = {
    label: "one that sees and one that does not",
    variants: [
      { label: "blind", make: () => ({ initial: () => ({}), forward: (_, h) => h.mul(0) }) },
      { label: "seeing", make: () => ({ initial: () => ({}), forward: (_, h) => h }) },
    ],
  };
  const [chosen] = await searched([kind], net, 2, new Rng(3), async () => {});
  assert.equal(chosen!.variant.label, "seeing");
});
