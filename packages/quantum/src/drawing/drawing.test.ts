import assert from "node:assert/strict";
import { test } from "node:test";
import { Circuit, gate, parameter } from "../circuits/circuit.ts";
import { drawSvg } from "./draw-svg.ts";
import { drawText } from "./draw-text.ts";

const circuit = new Circuit(3, [
  gate("h", [0]),
  gate("cx", [0, 2]),
  gate("ry", [1], parameter(0, -1)),
  gate("swap", [1, 2]),
  gate("rzz", [0, 1], 0.5),
]);

test("text: gates as far left as they can be, wires crossed by those that pass", () => {
  assert.equal(
    drawText(circuit),
    [
      "q0: ─[H]──●──────────────[Rzz(0.5)]──",
      "          │                   │",
      "q1: ──────┼──[Ry(-θ0)]─×────[Rzz]────",
      "          │            │",
      "q2: ─────[X]───────────×─────────────",
    ].join("\n"),
  );
});

test("an empty circuit is its wires", () => {
  assert.equal(drawText(new Circuit(2)), "q0: ──\n\nq1: ──");
});

test("SVG: a standalone document with every gate, its title, and nothing unescaped", () => {
  const svg = drawSvg(circuit);
  assert.match(svg, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  assert.match(svg, /<title>Quantum circuit, 3 qubits, 5 gates<\/title>/);
  assert.equal(svg.match(/<rect /g)?.length, 5); // H, X, Ry and two of Rzz
  assert.equal(svg.match(/<circle /g)?.length, 1);
  assert.match(svg, />Ry\(-θ0\)<\/text>/);
  assert.doesNotMatch(svg, /NaN|undefined/);
  assert.throws(() => drawSvg({} as Circuit), { code: "ERR_TYPE" });
});
