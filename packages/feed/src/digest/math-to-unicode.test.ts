import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mathToUnicode } from "./math-to-unicode.ts";

test("mathematics as plain characters", () => {
  const expected: Record<string, string> = {
    "a $x_i^2$ b": "a xᵢ² b",
    "$O(n \\log n)$ time": "O(n log n) time",
    "$\\frac{a+b}{2} \\le \\sqrt{n}$": "(a+b)/2 ≤ √n",
    "$\\mathbb{R}^{d}$": "ℝᵈ",
    "$e^{-\\gamma t}$": "e^(−γ t)",
    "$\\hat{\\theta}_n \\to \\theta$": "θ̂ₙ → θ",
    "$\\mathcal{O}(\\varepsilon^{-1})$": "O(ε⁻¹)",
    "$\\|x\\|_2$": "‖x‖₂",
    "$2 \\times 2$": "2 × 2",
    "costs $5 or $6": "costs $5 or $6",
    "no mathematics": "no mathematics",
    "$\\left( x \\right)$": "( x )",
  };
  for (const [tex, text] of Object.entries(expected)) assert.equal(mathToUnicode(tex), text);
});

test("fuzz: any text is read to its end, without an error", () => {
  const piece = fc.constantFrom(
    "$",
    "{",
    "}",
    "^",
    "_",
    "\\frac",
    "\\hat",
    "\\",
    "x",
    " ",
    "\\mathbb",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ unit: "binary" }))), (parts) => {
      assert.equal(typeof mathToUnicode(parts.join("")), "string");
    }),
    { numRuns: 2000 },
  );
  mathToUnicode(`$${"{".repeat(100_000)}$`);
  mathToUnicode(`$${"x^".repeat(100_000)}$`);
});
