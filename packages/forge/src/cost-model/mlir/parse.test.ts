import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { generate } from "../generate/generate.ts";
import { parseMlir } from "./parse.ts";
import { MlirSyntaxError } from "./syntax-error.ts";

const stencil = `#map = affine_map<(d0) -> (d0 + 8)>
module {
  // a comment with "quotes" and é
  func.func @blur(%in: memref<68xf32>, %out: memref<68xf32>) {
    affine.for %i = 0 to 64 step 8 {
      affine.for %j = affine_map<(d0) -> (d0)>(%i) to #map(%i) {
        %a = affine.load %in[%j] : memref<68xf32>
        %b = affine.load %in[%j + 1] : memref<68xf32>
        %s = arith.addf %a, %b : f32
        affine.store %s, %out[%j] : memref<68xf32>
      }
    }
    return
  }
}
`;

test("a pretty function: operations, canonical values, types, depth, aliases in place", () => {
  const { functions, ops, types } = parseMlir(stencil);
  assert.equal(functions.length, 1);
  const [blur] = functions;
  assert.equal(blur!.name, "blur");
  assert.deepEqual(blur!.arguments, ["memref<68xf32>", "memref<68xf32>"]);
  assert.deepEqual(ops, [
    "affine.for",
    "affine.for",
    "affine.load",
    "affine.load",
    "arith.addf",
    "affine.store",
    "return",
  ]);
  assert.deepEqual(types, ["memref<68xf32>", "f32"]);
  const [outer, inner, load, , add, store] = blur!.operations;
  assert.deepEqual([outer!.results, inner!.results], [["%0"], ["%1"]]);
  assert.deepEqual(inner!.operands, ["%0", "%0"]);
  assert.deepEqual([load!.operands, load!.results], [["%arg0", "%1"], ["%2"]]);
  assert.deepEqual(add!.operands, ["%2", "%3"]);
  assert.deepEqual([store!.operands, store!.depth], [["%4", "%arg1", "%1"], 3]);
  assert.equal(load!.line, 7);
  assert.equal(load!.column, 14);
  assert.ok(
    inner!.body.some(({ text }) => text === "8"),
    "the map's 8 stands where #map stood",
  );
});

test("the generic form: name, arguments, regions, results in packs", () => {
  const { functions, attributes } = parseMlir(`"builtin.module"() ({
  "func.func"() ({
  ^bb0(%arg0: tensor<4x8xf32>, %arg1: tensor<4x8xf32>):
    %0:2 = "test.two"(%arg0, %arg1) {axis = 1 : i64} : (tensor<4x8xf32>, tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xf32>)
    %1 = "tosa.add"(%0#0, %0#1) : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
    "func.return"(%1) : (tensor<4x8xf32>) -> ()
  }) {function_type = (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>, sym_name = "pair"} : () -> ()
}) : () -> ()`);
  assert.equal(functions[0]!.name, "pair");
  assert.deepEqual(functions[0]!.arguments, ["tensor<4x8xf32>", "tensor<4x8xf32>"]);
  assert.deepEqual(functions[0]!.results, ["tensor<4x8xf32>"]);
  assert.deepEqual(
    functions[0]!.operations.map(({ name, operands }) => [name, operands]),
    [
      ["test.two", ["%arg0", "%arg1"]],
      ["tosa.add", ["%0", "%0"]],
      ["func.return", ["%1"]],
    ],
  );
  assert.deepEqual(attributes, ["axis"]);
});

test("several functions, none, and one without a body", () => {
  const text = `func.func private @elsewhere(f32) -> f32
func.func @first() { return }
func.func @second(%x: f32) -> f32 { return %x : f32 }`;
  assert.deepEqual(
    parseMlir(text).functions.map(({ name, results }) => [name, results]),
    [
      ["first", []],
      ["second", ["f32"]],
    ],
  );
  for (const empty of ["", " \r\n", "module {}", "// nothing"]) {
    assert.deepEqual(parseMlir(empty).functions, [], JSON.stringify(empty));
  }
});

test("blocks in another order are the same function", () => {
  const head = "func.func @f(%c: i1, %x: f32) -> f32 {\n  cf.cond_br %c, ^left, ^right(%x : f32)\n";
  const left = "^left:\n  %a = arith.negf %x : f32\n  cf.br ^right(%a : f32)\n";
  const right = "^right(%y: f32):\n  %b = arith.addf %y, %y : f32\n  return %b : f32\n";
  const shape = (text: string) =>
    parseMlir(text).functions[0]!.operations.map(({ name, operands, results }) => [
      name,
      operands,
      results,
    ]);
  assert.deepEqual(shape(`${head}${left}${right}}`), shape(`${head}${right}${left}}`));
  assert.equal(shape(`${head}${left}${right}}`).length, 5);
});

test("what cannot be MLIR is refused with line and column", () => {
  const cases: [string, number, number, RegExp][] = [
    ["func.func @f() {\n  return\n", 1, 16, /without its end/],
    ["func.func @f() {\r\n  return )\r\n}", 2, 10, /expected }/],
    ['func.func @f() {\n  "broken\n}', 2, 3, /string without its end/],
    ["func.func @f() {\n  arith.é\n}", 2, 9, /unexpected "é"/],
    ["\uFEFFhello, world", 1, 2, /expected an operation, got "hello"/],
  ];
  for (const [text, line, column, message] of cases) {
    assert.throws(
      () => parseMlir(text),
      (error) => {
        assert.ok(error instanceof MlirSyntaxError, String(error));
        assert.match(error.message, message);
        assert.deepEqual([error.code, error.line, error.column], ["ERR_MLIR_SYNTAX", line, column]);
        return true;
      },
    );
  }
  assert.throws(() => parseMlir(7 as unknown as string), { code: "ERR_TYPE" });
});

test("any text parses or is refused as MLIR, also cut and damaged ones", () => {
  const [whole] = generate({ family: "linalg", n: 1, seed: 5 });
  fc.assert(
    fc.property(fc.nat(whole!.text.length), fc.string({ maxLength: 6 }), (at, junk) => {
      for (const text of [
        whole!.text.slice(0, at),
        whole!.text.slice(0, at) + junk + whole!.text.slice(at),
        junk,
      ]) {
        try {
          parseMlir(text);
        } catch (error) {
          assert.ok(error instanceof MlirSyntaxError, `${text}\n${(error as Error).stack}`);
        }
      }
    }),
    { numRuns: 300 },
  );
});
