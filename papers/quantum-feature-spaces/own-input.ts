import { domainError, type Matrix, matrix, shapeError } from "@daily-kernel/compute";
import { QuantumKernel, ZZFeatureMap } from "@daily-kernel/quantum";
import { defineOwnInput } from "@daily-kernel/reproduction";
import { scaled } from "./iris.ts";
import {
  accuracy,
  chosen,
  folds,
  gaussianClassify,
  gaussianGrid,
  kernelClassify,
  rowsOf,
} from "./sets.ts";

const MOST_FEATURES = 8;
const MOST_POINTS = 300;
const grid = [0.03, 0.1, 0.3, 1].flatMap((bandwidth) => [1, 10].map((c) => ({ bandwidth, c })));

/** Points and labels: numbers, and the last one of a line its label. */
function parse(text: string): { x: Matrix; y: number[]; labels: string[] } {
  const lines = text
    .split("\n")
    .map((line, i) => ({ cells: line.split(/[,;\t ]+/).filter(Boolean), number: i + 1 }))
    .filter(({ cells }) => cells.length > 0);
  const width = lines[0]?.cells.length ?? 0;
  if (width < 2 || width > MOST_FEATURES + 1) {
    throw shapeError(
      `expected 1 to ${MOST_FEATURES} numbers and a label a line, got ${width} cells`,
    );
  }
  if (lines.length < 10 || lines.length > MOST_POINTS) {
    throw shapeError(`expected 10 to ${MOST_POINTS} lines, got ${lines.length}`);
  }
  const names: string[] = [];
  const rows = lines.map(({ cells, number }) => {
    if (cells.length !== width) {
      throw shapeError(
        `line ${number}: expected ${width} cells as on the first, got ${cells.length}`,
      );
    }
    names.push(cells.at(-1)!);
    return cells.slice(0, -1).map((cell) => {
      if (Number.isFinite(Number(cell))) return Number(cell);
      throw domainError(`line ${number}: "${cell}" must be a finite number`);
    });
  });
  const labels = [...new Set(names)];
  const rare = labels.find((label) => names.filter((name) => name === label).length < 5);
  if (labels.length < 2) throw domainError("expected at least two different labels");
  if (rare !== undefined) throw domainError(`expected at least five lines of label "${rare}"`);
  const x = matrix(rows.length, width - 1, rows.flat());
  for (let j = 0; j < x.cols; j++) {
    if (rows.every((row) => row[j] === rows[0]![j])) {
      throw domainError(`column ${j + 1} must not be the same number on all lines`);
    }
  }
  return { x, y: names.map((name) => labels.indexOf(name)), labels };
}

/** Twelve points inside a ring of twelve. */
const example = Array.from({ length: 24 }, (_, i) => {
  const [radius, label] = i % 2 === 0 ? [1, "in"] : [2.5, "out"];
  const at = (f: (angle: number) => number) => (radius * f((Math.PI * i) / 12)).toFixed(2);
  return `${at(Math.cos)}, ${at(Math.sin)}, ${label}`;
}).join("\n");

/** Compares the quantum kernel with a Gaussian one on the reader's own points. */
export const ownInput = defineOwnInput({
  fields: {
    points: {
      kind: "text",
      label: `Paste points, one a line: 1 to ${MOST_FEATURES} numbers and a label, separated by commas.`,
      example,
    },
  },
  async run({ points }, lab) {
    const { x, y, labels } = parse(points);
    const right = { quantum: 0, gaussian: 0 };
    const parts = folds(y, 5, lab.rng("own folds"));
    for (const [k, part] of parts.entries()) {
      const breathe = () => lab.progress(k / parts.length, "cross-validating");
      const rest = [...y.keys()].filter((i) => !part.includes(i));
      const [learn, truth] = [rest.map((i) => y[i]!), part.map((i) => y[i]!)];
      const [training, fresh] = [rowsOf(x, rest), rowsOf(x, part)];
      const angles = [training, fresh].map((m) => scaled(m, training, "angles")) as [
        Matrix,
        Matrix,
      ];
      const standard = [training, fresh].map((m) => scaled(m, training, "standard")) as [
        Matrix,
        Matrix,
      ];
      const rng = lab.rng(`own grid ${k}`);
      const quantum = (a: Matrix, labelled: ArrayLike<number>, b: Matrix, s: (typeof grid)[0]) => {
        const map = new ZZFeatureMap({ qubits: a.cols, bandwidth: s.bandwidth });
        return kernelClassify(new QuantumKernel(map), a, labelled, b, s.c);
      };
      const best = await chosen(grid, angles[0], learn, rng, quantum, breathe);
      const score = (seen: ArrayLike<number>) => (accuracy(seen, truth) * truth.length) / 100;
      right.quantum += score(quantum(angles[0], learn, angles[1], best));
      const length = await chosen(gaussianGrid, standard[0], learn, rng, gaussianClassify, breathe);
      right.gaussian += score(gaussianClassify(standard[0], learn, standard[1], length));
    }
    const percent = (count: number) => `${((100 * count) / y.length).toFixed(1)} %`;
    const largest = Math.max(...labels.map((_, k) => y.filter((label) => label === k).length));
    const circuit = new ZZFeatureMap({ qubits: x.cols }).circuit(new Float64Array(x.cols));
    return {
      facts: [
        { label: "Points", value: `${x.rows} with ${x.cols} features, ${labels.length} labels` },
        { label: "Quantum kernel, bandwidth chosen", value: percent(right.quantum) },
        { label: "Gaussian kernel, length chosen", value: percent(right.gaussian) },
        { label: "Always the commonest label", value: percent(largest) },
        { label: "Circuit of a point", value: `${x.cols} qubits, ${circuit.gates.length} gates` },
      ],
      figures: [],
    };
  },
});
