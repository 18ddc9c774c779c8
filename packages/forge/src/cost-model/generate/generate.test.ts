import assert from "node:assert/strict";
import { test } from "node:test";
import { parseMlir } from "../mlir/parse.ts";
import { generate, generateVariants } from "./generate.ts";

test("the same seed gives the same texts, another seed others", () => {
  for (const family of ["affine", "linalg", "tosa"] as const) {
    const [a, b, c] = [1, 1, 2].map((seed) => generate({ family, n: 20, seed }).map((k) => k.text));
    assert.deepEqual(a, b);
    assert.equal(a!.filter((text) => c!.includes(text)).length, 0, family);
    assert.deepEqual(
      generate({ family, n: 7, seed: 1 }).map((k) => k.text),
      a!.slice(0, 7),
    );
  }
});

test("every text is one function called kernel, without dead code", () => {
  for (const family of ["affine", "linalg", "tosa"] as const) {
    for (const { text } of generate({ family, n: 100, seed: 3 })) {
      const { functions } = parseMlir(text);
      assert.equal(functions.length, 1);
      assert.equal(functions[0]!.name, "kernel");
      const used = new Set(functions[0]!.operations.flatMap(({ operands }) => operands));
      for (const { name, results } of functions[0]!.operations) {
        if (/^(tosa|arith|math)\./.test(name)) {
          for (const result of results) assert.ok(used.has(result), `${name} ${result}\n${text}`);
        }
      }
    }
  }
});

test("near-duplicates share a group: schedules of one kernel, equal operations and sizes", () => {
  const affine = generate({ family: "affine", n: 60, seed: 4 });
  const groups = Map.groupBy(affine, ({ group }) => group);
  assert.ok(groups.size >= 20 && groups.size <= 30);
  for (const of of groups.values()) {
    const arithmetic = of.map(({ text }) => text.match(/memref<[^>]*>/)![0]);
    assert.equal(new Set(arithmetic).size, 1, "one shape");
  }
  const linalg = generate({ family: "linalg", n: 300, seed: 4 });
  const byText = Map.groupBy(linalg, ({ text }) => text);
  for (const of of byText.values()) assert.equal(new Set(of.map(({ group }) => group)).size, 1);
});

test("variants: as many as asked, all different, of one kernel", () => {
  const found = generateVariants({ kernels: 5, variants: 8, seed: 9 });
  assert.equal(found.length, 5);
  for (const variants of found) {
    assert.equal(new Set(variants.map(({ text }) => text)).size, 8);
    assert.equal(new Set(variants.map(({ group }) => group)).size, 1);
  }
  assert.equal(new Set(found.map(([first]) => first!.group)).size, 5);
});

test("bad input is refused at the door", () => {
  assert.throws(() => generate({ family: "stablehlo" as "tosa", n: 1, seed: 1 }), {
    code: "ERR_DOMAIN",
  });
  assert.throws(() => generate({ family: "tosa", n: -1, seed: 1 }), { code: "ERR_DOMAIN" });
  assert.throws(() => generateVariants({ kernels: 0, variants: 8, seed: 1 }), {
    code: "ERR_DOMAIN",
  });
});
