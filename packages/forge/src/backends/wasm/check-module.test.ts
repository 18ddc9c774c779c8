import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkModule } from "./check-module.ts";
import { exportedFunctionType } from "./function-type.ts";

const [I32, I64, F32, V128] = [0x7f, 0x7e, 0x7d, 0x7b];
const [FUNCTION, TABLE, MEMORY, GLOBAL] = [0, 1, 2, 3];

type Type = readonly [from: readonly number[], to: readonly number[]];
const abi: Type = [[I32, I32, I32], [I32]];

/** Lengths stay below 128, where LEB128 is the byte itself. */
const list = (items: readonly (readonly number[])[]) => [items.length, ...items.flat()];
const name = (text: string) => [text.length, ...new TextEncoder().encode(text)];
const section = (id: number, body: readonly number[]) => [id, body.length, ...body];
const imported = (module: string, field: string, ...what: number[]) => [
  ...name(module),
  ...name(field),
  ...what,
];

interface Parts {
  readonly types: readonly Type[];
  readonly imports?: readonly (readonly number[])[];
  /** The type of each function; their bodies trap. */
  readonly functions: readonly number[];
  readonly exports: readonly (readonly [name: string, kind: number, index: number])[];
}

const wasm = ({ types, imports = [], functions, exports }: Parts) =>
  Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(0, [...name("remark"), 7, 2, 7]),
    ...section(1, list(types.map(([from, to]) => [0x60, from.length, ...from, to.length, ...to]))),
    ...section(2, list(imports)),
    ...section(3, list(functions.map((type) => [type]))),
    ...section(7, list(exports.map(([text, kind, index]) => [...name(text), kind, index]))),
    ...section(10, list(functions.map(() => [3, 0, 0x00, 0x0b]))),
  ]);

const memory = imported("env", "memory", MEMORY, 0, 1);
const kernel: Parts = {
  types: [abi],
  imports: [memory],
  functions: [0],
  exports: [["forge_kernel", FUNCTION, 0]],
};

test("a kernel with the ABI, also behind imports and beside other exports", async () => {
  await checkModule(wasm(kernel));
  const abort = imported("env", "abort", FUNCTION, 1);
  await checkModule(
    wasm({
      types: [abi, [[I32, I32, I32, I32], []]],
      imports: [abort, memory],
      functions: [1, 0],
      exports: [
        ["memory", MEMORY, 0],
        ["other", FUNCTION, 1],
        ["forge_kernel", FUNCTION, 2],
      ],
    }),
  );
});

const refused: Record<string, readonly [Uint8Array<ArrayBuffer>, RegExp]> = {
  "bytes that are no module": [Uint8Array.of(1, 2, 3), /engine refuses the module/],
  "no export of that name": [wasm({ ...kernel, exports: [] }), /exports no function/],
  "a memory of that name": [
    wasm({ ...kernel, exports: [["forge_kernel", MEMORY, 0]] }),
    /exports no function/,
  ],
  "other numbers": [
    wasm({ ...kernel, types: [[[I64, F32], [V128]]] }),
    /forge_kernel is \(i64, f32\) -> v128, the ABI asks for \(i32, i32, i32\) -> i32/,
  ],
  "no answer": [wasm({ ...kernel, types: [[[I32, I32, I32], []]] }), /-> nothing/],
  "two answers": [
    wasm({
      ...kernel,
      types: [
        [
          [I32, I32, I32],
          [I32, I32],
        ],
      ],
    }),
    /-> i32, i32/,
  ],
  "a function of the host": [
    wasm({ ...kernel, imports: [memory, imported("env", "now", FUNCTION, 0)] }),
    /imports env\.now/,
  ],
  "abort that is no function": [
    wasm({ ...kernel, imports: [memory, imported("env", "abort", GLOBAL, I32, 0)] }),
    /imports env\.abort/,
  ],
  "a table": [
    wasm({ ...kernel, imports: [memory, imported("env", "table", TABLE, 0x70, 1, 1, 9)] }),
    /imports env\.table/,
  ],
  "another module's memory": [
    wasm({ ...kernel, imports: [imported("js", "memory", MEMORY, 0, 1)] }),
    /imports js\.memory/,
  ],
};

for (const [what, [bytes, words]] of Object.entries(refused)) {
  test(`refused before it runs: ${what}`, async () => {
    await assert.rejects(checkModule(bytes), (error: Error & { code?: string; log?: string }) => {
      assert.equal(error.code, "ERR_CANDIDATE_COMPILE");
      assert.match(error.message, words);
      return true;
    });
  });
}

test("any signature is read as it was written", () => {
  const text: Record<number, string> = { [I32]: "i32", [I64]: "i64", [F32]: "f32", [V128]: "v128" };
  const values = fc.array(fc.constantFrom(I32, I64, F32, V128), { maxLength: 6 });
  const type = fc.tuple(values, values);
  fc.assert(
    fc.property(fc.array(type, { minLength: 1, maxLength: 6 }), fc.nat(5), (types, pick) => {
      const index = pick % types.length;
      const [from, to] = types[index]!.map((each) => each.map((value) => text[value]).join(", "));
      const bytes = wasm({ types, functions: [index], exports: [["f", FUNCTION, 0]] });
      assert.ok(WebAssembly.validate(bytes));
      assert.equal(exportedFunctionType(bytes, "f"), `(${from}) -> ${to || "nothing"}`);
    }),
    { numRuns: 60 },
  );
});
