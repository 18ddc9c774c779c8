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

const cloud = (label: string, n: number): Series => ({
  label,
  mark: "dot",
  x: Array.from({ length: n }, (_, i) => (i + 1) / n),
  y: Array.from({ length: n }, (_, i) => ((i * 7 + 1) % n) / n + 1 / n),
});

test("thousands of dots are one path a series, one stroke a dot, the finer the more there are", () => {
  const paths = (n: number) => [
    ...draw(figure([cloud("a", n), cloud("b", n)], "linear")).querySelectorAll(
      "path[stroke-linecap]",
    ),
  ];
  assert.equal(paths(100).length, 0);
  const widths = [1000, 8000].map((n) => {
    const both = paths(n);
    assert.deepEqual(
      both.map((path) => path.getAttribute("d")!.match(/M[\d.]+,[\d.]+h0/g)!.length),
      [n, n],
    );
    assert.deepEqual(
      both.map((path) => path.getAttribute("stroke-linecap")),
      ["round", "square"],
    );
    return Number(both[0]!.getAttribute("stroke-width"));
  });
  assert.ok(widths[0]! > widths[1]! && widths[1]! > 0, `${widths}`);
});

test("a square figure draws both axes in one length, over the domains that it names", () => {
  const axis = { label: "x", scale: "linear", domain: [0, 1] } as const;
  const corners: Series = { label: "corners", mark: "dot", x: [0, 1, 0.5], y: [0, 1, 0.5] };
  const ends = (f: Figure) => {
    const dots = [...draw(f).querySelectorAll("[aria-label=dot]")].find(
      (g) => g.children.length > 2,
    );
    const at = [...dots!.children].map((dot) =>
      dot.getAttribute("transform")
        ? dot
            .getAttribute("transform")!
            .match(/[\d.]+/g)!
            .map(Number)
        : [Number(dot.getAttribute("cx")), Number(dot.getAttribute("cy"))],
    );
    return { width: at[1]![0]! - at[0]![0]!, height: at[0]![1]! - at[1]![1]! };
  };
  const square: Figure = { ...figure([corners], "linear"), x: axis, y: axis, aspect: "square" };
  assert.deepEqual(ends(square), { width: 300, height: 300 });
  const half = { ...axis, domain: [0, 2] } as const;
  assert.deepEqual(ends({ ...square, x: half }), { width: 150, height: 300 });
  const { aspect: _, ...wide } = square;
  assert.ok(ends(wide).width > ends(wide).height);
});

test("a domain that the scale does not have is refused by the axis's name", () => {
  const domain =
    (scale: Figure["x"]["scale"], ...ends: [number, number]) =>
    () =>
      figureToSvg({ ...figure([]), x: { label: "points", scale, domain: ends } });
  assert.ok(domain("log", 1, 10)().startsWith("<svg"));
  const bad = /figure f, axis points: domain must rise between finite numbers/;
  assert.throws(domain("log", 0, 1), bad);
  assert.throws(domain("linear", 1, 1), bad);
  assert.throws(domain("linear", 0, Number.NaN), bad);
  assert.throws(domain("category", 0, 1), bad);
});

test("a line through one point is a dot, and tilted names have room on the left", () => {
  const circles = (x: number[]) =>
    draw(figure([{ label: "one", mark: "line", x, y: x }])).querySelectorAll("[aria-label=dot] > *")
      .length;
  assert.equal(circles([10]), 1);
  assert.equal(circles([10, 100]), 0);

  const left = (names: string[]) => {
    const bars: Series = { label: "bars", mark: "bar", x: names, y: names.map(() => 1) };
    const x = { label: "name", scale: "category" } as const;
    const grid = draw({ ...figure([bars], "linear"), x }).querySelectorAll(
      "[aria-label=y-grid] line",
    );
    return Math.min(...[...grid].map((line) => Number(line.getAttribute("x1"))));
  };
  const long = "a name that is far too long for its place";
  const names = Array.from({ length: 9 }, (_, k) => `${long} ${k}`);
  assert.ok(left(names) > left(names.map((_, k) => `${k}`)) + 50);
});
