import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSuggestions } from "./parse-suggestions.ts";
import { matrixToCsv, matrixToMarkdown, proficiencyMatrix } from "./proficiency-matrix.ts";
import { promptVariants } from "./prompt-variants.ts";

test("the table of kernels by models and hints, with means over what is there", () => {
  const matrix = proficiencyMatrix([
    { kernel: "axpy", model: "openmp", score: 1 },
    { kernel: "axpy", model: "openmp", hint: "function", score: 0.5 },
    { kernel: "cg", model: "openmp", score: 0.25 },
  ]);
  assert.deepEqual(matrix.rows, [
    { kernel: "axpy", scores: [1, 0.5], mean: 0.75 },
    { kernel: "cg", scores: [0.25, null], mean: 0.25 },
  ]);
  assert.deepEqual(
    matrix.columns.map(({ mean }) => mean),
    [0.625, 0.5],
  );
  assert.equal(
    matrixToCsv(matrix),
    "kernel,openmp,openmp function,mean\r\naxpy,1,0.5,0.75\r\ncg,0.25,,0.25\r\nmean,0.625,0.5,0.5833\r\n",
  );
  assert.equal(matrixToMarkdown(matrix).split("\n")[3], "| cg | 0.25 |  | 0.25 |");
});

test("text that would break a table is quoted", () => {
  const matrix = proficiencyMatrix([{ kernel: 'a,"b"|c', model: "openmp", score: 0 }]);
  assert.ok(matrixToCsv(matrix).includes('"a,""b""|c",0,0'));
  assert.ok(matrixToMarkdown(matrix).includes('| a,"b"\\|c |'));
});

test("a table of nothing, of twice the same or of no score is refused", () => {
  const cell = { kernel: "axpy", model: "openmp", score: 1 } as const;
  assert.throws(() => proficiencyMatrix([]), /not be empty/);
  assert.throws(() => proficiencyMatrix([cell, { ...cell, hint: "" }]), /twice/);
  assert.throws(() => proficiencyMatrix([{ ...cell, score: Number.NaN }]), /got NaN/);
});

test("completions are cut by fences, by the usual lines, or by given ones", () => {
  assert.deepEqual(parseSuggestions("One:\n```cpp\na\n\nb\n```\nTwo:\n~~~\nc\n~~~\n"), [
    "a\n\nb",
    "c",
  ]);
  assert.deepEqual(parseSuggestions("```\na\n"), ["a"]);
  assert.deepEqual(parseSuggestions("// Suggestion 1\na\r\n// suggestion 2\n\nb\n=======\n"), [
    "a",
    "b",
  ]);
  assert.deepEqual(parseSuggestions("  a\n%%\n\n%%\nb", ["%%"]), ["  a", "b"]);
  assert.deepEqual(parseSuggestions("a\n-- 1 --\nb", [/^-- \d/]), ["a", "b"]);
  assert.deepEqual(parseSuggestions("x = a ==== b"), ["x = a ==== b"]);
  assert.deepEqual(parseSuggestions(""), []);
  assert.throws(() => parseSuggestions(1 as never), { code: "ERR_TYPE" });
});

test("prompts are comments of the language, without and with its keyword", () => {
  assert.deepEqual(
    promptVariants("axpy", "openmp").map(({ text }) => text),
    ["// AXPY OpenMP", "// AXPY OpenMP function"],
  );
  assert.deepEqual(promptVariants("spmv", "openacc", undefined, "fortran")[1], {
    text: "! SpMV OpenACC subroutine",
    language: "fortran",
    hint: "subroutine",
  });
  assert.equal(promptVariants("cg", "numba")[1]!.text, "# CG Numba def");
  assert.deepEqual(promptVariants("cg", "serial", "").length, 1);
  assert.throws(() => promptVariants("cg", "kokkos", "", "fortran"), /used from cpp, not from/);
  assert.throws(() => promptVariants("fft" as never, "kokkos"), /kernel must be one of axpy/);
});
