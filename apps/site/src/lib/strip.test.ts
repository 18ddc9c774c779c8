import assert from "node:assert/strict";
import { test } from "node:test";
import { type Cell, paintStrip } from "./strip.ts";

const cell = (verdict: Cell["verdict"], scale: Cell["scale"] = "desk", stale = false): Cell => ({
  verdict,
  scale,
  stale,
});
const parts = (one: Cell) => paintStrip([one], 1).map(({ part, d }) => `${part} ${d}`);

test("verdicts differ in shape, not in colour alone", () => {
  for (const scale of ["desk", "simulated"] as const) {
    const shapes = (["holds", "fails", "inconclusive", "not-measured"] as const).map((verdict) =>
      parts(cell(verdict, scale)).join("|"),
    );
    assert.equal(new Set(shapes).size, 4, scale);
  }
});

test("simulated claims are hatched and not filled, stale ones have a broken outline", () => {
  assert.ok(parts(cell("holds", "simulated")).some((part) => part.startsWith("hatch")));
  assert.ok(!parts(cell("holds", "simulated")).some((part) => part.startsWith("fill")));
  assert.ok(parts(cell("holds", "desk", true)).some((part) => part.startsWith("broken")));
});

test("cells of one kind share a stroke, and a full line wraps", () => {
  const strokes = paintStrip(
    Array.from({ length: 5 }, () => cell("not-measured")),
    4,
  );
  assert.equal(strokes.length, 1);
  assert.equal(strokes[0]?.d.split("M").length, 6);
  assert.ok(strokes[0]?.d.endsWith("M0.75 28.75h10.5v20.5h-10.5z"));
});
