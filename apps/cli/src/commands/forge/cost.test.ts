import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { after, before, test } from "node:test";
import { cli } from "../../cli.ts";

let folder = "";
before(() => {
  folder = mkdtempSync(join(tmpdir(), "daily-kernel-cost-"));
});
after(() => rmSync(folder, { recursive: true }));

async function cost(text: string, ...flags: string[]) {
  const file = join(folder, "kernels.mlir");
  writeFileSync(file, text);
  const written = { out: "", err: "" };
  const sink = (name: "out" | "err") =>
    new Writable({
      write(chunk, _encoding, done) {
        written[name] += chunk;
        done();
      },
    });
  const streams = { root: folder, out: sink("out"), err: sink("err") };
  const code = await cli(["forge", "cost", file, ...flags], streams);
  return { code, ...written };
}

const two = `func.func @double(%a: memref<64xf32>) {
  affine.for %i = 0 to 64 {
    %0 = affine.load %a[%i] : memref<64xf32>
    %1 = arith.addf %0, %0 : f32
    affine.store %1, %a[%i] : memref<64xf32>
  }
  return
}
func.func @product(%a: memref<32x32xf32>, %b: memref<32x32xf32>, %c: memref<32x32xf32>) {
  linalg.matmul ins(%a, %b : memref<32x32xf32>, memref<32x32xf32>) outs(%c : memref<32x32xf32>)
  return
}
`;

test("predictions of two functions as one JSON object, the baselines beside", async () => {
  const { code, out } = await cost(two, "--json");
  assert.equal(code, 0);
  const { model, functions } = JSON.parse(out);
  assert.equal(model.llvm, "15.0.6");
  assert.deepEqual(
    functions.map(({ name }: { name: string }) => name),
    ["double", "product"],
  );
  const [small, large] = functions;
  assert.ok(small.predictions.nanoseconds < large.predictions.nanoseconds);
  assert.deepEqual(Object.keys(small.baselines), ["roofline", "ridge", "mean"]);
  assert.equal(small.baselines.mean.spills, large.baselines.mean.spills);
});

test("what is no MLIR, and what the model has never seen, is the user's to correct", async () => {
  const broken = await cost("func.func @f() {\n  arith.é\n}\n");
  assert.equal(broken.code, 2);
  assert.match(broken.err, /line 2, column 9/);
  const strange = await cost("func.func @f() {\n  gpu.barrier\n  return\n}\n");
  assert.equal(strange.code, 2);
  assert.match(strange.err, /never seen gpu/);
});
