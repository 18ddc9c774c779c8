import assert from "node:assert/strict";
import { test } from "node:test";
import { proseToHtml, proseToText } from "./math.ts";

test("mathematics becomes MathML and the rest is escaped", () => {
  const html = proseToHtml("If $a < b$ & <i>c</i>");
  assert.match(html, /^If <math.*<\/math> &amp; &lt;i&gt;c&lt;\/i&gt;$/s);
  assert.match(html, /<mi>a<\/mi>/);
});

test("broken mathematics is an error, not a red blot", () => {
  assert.throws(() => proseToHtml("$\\frac{1$"));
});

test("plain text keeps the words", () => {
  assert.equal(proseToText("needs $\\log I_v(x)$ here"), "needs log I_v(x) here");
});
