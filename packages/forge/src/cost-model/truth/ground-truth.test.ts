import assert from "node:assert/strict";
import { test } from "node:test";
import { generate, generateVariants } from "../generate/generate.ts";
import { bufferOf } from "./driver.ts";
import { selfCosts } from "./dynamic.ts";
import { groundTruth } from "./ground-truth.ts";
import { missingTools, toolPath } from "./tools.ts";
import { functionsOf, readX86 } from "./x86.ts";

const absent = missingTools().filter(({ tool }) => tool !== "valgrind");
const skip = absent.length > 0 && `needs ${absent.map(({ remedy }) => remedy).join("; ")}`;

test("assembly: instructions, spills and distinct vector registers of each function", () => {
  const assembly = `first:                                  # @first
	.cfi_startproc
# %bb.0:
	vmovaps	%ymm1, 32(%rsp)                 # 32-byte Spill
	vaddps	(%rdi), %xmm1, %xmm12
	retq
.Lfunc_end0:
	.size	first, .Lfunc_end0-first
second:                                 # @second
	retq
.Lfunc_end1:
`;
  assert.deepEqual([...functionsOf(assembly).keys()], ["first", "second"]);
  assert.deepEqual(Object.fromEntries(readX86(assembly)), {
    first: { instructions: 3, spills: 1, vectorRegisters: 2 },
    second: { instructions: 1, spills: 0, vectorRegisters: 0 },
  });
});

test("callgrind's lines are summed by function", () => {
  const costs = selfCosts(
    "version: 1\nevents: Ir\n\nfn=kernel_0\n12 5\n+3 7\n* 1\nfn=kernel_1\n0 4\ntotals: 17\n",
  );
  assert.deepEqual(Object.fromEntries(costs), { kernel_0: 13, kernel_1: 4 });
});

test("buffers are static memrefs of numbers", () => {
  assert.deepEqual(bufferOf("memref<4x8xf64>"), { element: "f64", count: 32 });
  assert.deepEqual(bufferOf("memref<f32>"), { element: "f32", count: 1 });
  for (const type of ["memref<?xf32>", "tensor<4xf32>", "f32", "memref<4xf32, 1>"]) {
    assert.equal(bufferOf(type), null, type);
  }
});

test("a tool that is missing: its name and the line that installs it", () => {
  const path = process.env.PATH;
  process.env.PATH = "/nowhere";
  try {
    assert.throws(() => toolPath("mlir-opt"), {
      code: "ERR_TOOL_NOT_FOUND",
      message: "mlir-opt-15 is not installed: apt-get install mlir-15-tools",
    });
    assert.equal(missingTools().length, 7);
  } finally {
    process.env.PATH = path;
  }
});

test("a module with three dialects: static truths of each function, in order", {
  skip,
}, async () => {
  const text = (["affine", "linalg", "tosa"] as const)
    .map((family) => generate({ family, n: 1, seed: 2 })[0]!.text.replace("@kernel", `@${family}`))
    .join("\n");
  const truth = await groundTruth(text, { cache: false });
  assert.ok(!("error" in truth), JSON.stringify(truth));
  assert.deepEqual(
    truth.functions.map(({ name }) => name),
    ["affine", "linalg", "tosa"],
  );
  assert.match(truth.llvm, /^15\.0\./);
  for (const { values } of truth.functions) {
    assert.ok(values.instructions! > 3 && values.blockCycles! > 1 && values.vgprs! > 0);
    assert.ok(values.vectorRegisters! <= 16 && values.reciprocalThroughput! > 0);
  }
});

test("what a stage refuses is an answer with that stage and its words", { skip }, async () => {
  const truth = await groundTruth("func.func @f() { %0 = tosa.nonsense : f32 return }", {
    cache: false,
  });
  assert.ok("error" in truth);
  assert.deepEqual([truth.error, truth.stage], ["ERR_LOWERING", "bufferize"]);
  assert.match(truth.stderr, /custom op 'tosa.nonsense' is unknown/);
  await assert.rejects(groundTruth("", { targets: ["joules" as "vgprs"] }), { code: "ERR_DOMAIN" });
  await assert.rejects(
    groundTruth("", { signal: AbortSignal.abort(new Error("enough")) }),
    /enough/,
  );
});

test("functions run on this machine and their time is measured", { skip }, async () => {
  const [variants] = generateVariants({ kernels: 1, variants: 4, seed: 1 });
  const text = variants!.map((v, k) => v.text.replace("@kernel(", `@k${k}(`)).join("\n");
  const truth = await groundTruth(text, { cache: false, targets: ["nanoseconds"] });
  assert.ok(!("error" in truth), JSON.stringify(truth));
  for (const { values } of truth.functions) {
    assert.deepEqual(Object.keys(values), ["nanoseconds"]);
    assert.ok(values.nanoseconds! > 0);
  }
});
