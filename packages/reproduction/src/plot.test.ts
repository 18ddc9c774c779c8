import assert from "node:assert/strict";
import { test } from "node:test";
import { parseHTML } from "linkedom";
import type { Figure, Series } from "./figure.ts";
import { figureToSvg } from "./svg.ts";

const x = [1, 10, 100, 1000];
const figure = (series: readonly Series[], scale: "linear" | "log" = "log"): Figure => ({
  id: "f",
  title: 'Errors <of> "all"',
  caption: "They fall.",
  x: { label: "points", scale },
  y: { label: "error", unit: "ulp", scale },
  series,
});
const draw = (f: Figure) => parseHTML(figureToSvg(f)).document;

test("a figure carries its title, axes with units, and a legend that names each series", () => {
  const svg = draw(
    figure([
      { label: "ours & co", mark: "line", x, y: x.map((v) => 1 / v) },
      { label: "theirs", mark: "dot", x, y: x.map((v) => 2 / v) },
    ]),
  );
  assert.equal(svg.querySelector("svg")?.getAttribute("aria-label"), 'Errors <of> "all"');
  const text = [...svg.querySelectorAll("text")].map((t) => t.textContent).join(" ");
  for (const word of ["points", "error (ulp)", "ours & co", "theirs"])
    assert.ok(text.includes(word), `${word} is missing in ${text}`);
});

test("points that a logarithmic axis has no place for are left out, the others stay", () => {
  const dots = (y: number[]) =>
    draw(figure([{ label: "a", mark: "dot", x, y }])).querySelectorAll("[aria-label=dot] > *")
      .length;
  assert.equal(dots([1, 0.1, 0, 0.01]), dots([1, 0.1, 0.05, 0.01]) - 1);
});

test("bars of two series stand side by side in each category", () => {
  const bar = (label: string): Series => ({ label, mark: "bar", x: ["a", "b"], y: [1, 2] });
  const f = figure([bar("ours"), bar("theirs")], "linear");
  const svg = draw({ ...f, x: { label: "region", scale: "category" } });
  assert.equal(svg.querySelectorAll("rect").length, 4);
});

test("an empty figure is drawn, not thrown", () => {
  assert.ok(figureToSvg(figure([])).startsWith("<svg"));
  assert.ok(
    figureToSvg(figure([{ label: "none", mark: "line", x: [], y: [] }])).startsWith("<svg"),
  );
});

test("text of any kind leaves the document well-formed, and itself", () => {
  const text = `a & b < c > "d" </svg><script>x</script> \u0008`;
  const f = figure([{ label: text, mark: "line", x, y: x }]);
  const svg = figureToSvg({ ...f, title: text, caption: text, x: { ...f.x, label: text } });
  assert.doesNotMatch(svg, /&(?!(amp|lt|gt|quot|#\d+);)|<script/);
  assert.ok(!svg.includes("\u0008"));
  assert.ok(svg.includes('aria-label="a &amp; b &lt; c &gt; &quot;d&quot; &lt;/svg&gt;'));
});

test("what cannot be drawn is refused by name, and what is too small to see is drawn as zero", () => {
  const bar: Series = { label: "a", mark: "bar", x: [1], y: [1] };
  assert.throws(() => figureToSvg(figure([bar])), /figure f, series a: bars need an x axis of cat/);
  const short: Series = { label: "a", mark: "line", x, y: [1] };
  assert.throws(() => figureToSvg(figure([short])), /x, y and interval must be of one length/);
  const tiny: Series = { label: "a", mark: "dot", x, y: x.map(() => 5e-324) };
  assert.ok(figureToSvg(figure([tiny], "linear")).startsWith("<svg"));
});
