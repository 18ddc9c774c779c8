import { domainError, type Matrix, matrix, shapeError } from "@daily-kernel/compute";
import { defineOwnInput } from "@daily-kernel/reproduction";
import { FiniteBasis, repeatDpp, weightedLeastSquares } from "@daily-kernel/sampling";

const MOST_ROWS = 5000;
const MOST_FEATURES = 60;

/** The numbers of a text, one row a line. */
function parse(text: string): number[][] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const rows = lines.map((line, i) => {
    const row = line
      .split(/[,;\s]+/)
      .filter(Boolean)
      .map(Number);
    const bad = row.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw domainError(`row ${i + 1}: value ${bad + 1} must be a finite number`);
    return row;
  });
  const width = rows[0]?.length ?? 0;
  if (width === 0 || rows.length < 3 || rows.length > MOST_ROWS) {
    throw shapeError(`expected 3 to ${MOST_ROWS} rows of numbers, got ${rows.length}`);
  }
  const odd = rows.findIndex((row) => row.length !== width);
  if (odd >= 0) {
    throw shapeError(
      `row ${odd + 1}: expected ${width} numbers as on the first, got ${rows[odd]!.length}`,
    );
  }
  return rows;
}

/** 1, the columns, and their products for a quadratic model. */
function featuresOf(rows: readonly number[][], quadratic: boolean): Matrix {
  const values = rows.map((row) => [
    1,
    ...row,
    ...(quadratic ? row.flatMap((v, j) => row.slice(0, j + 1).map((w) => v * w)) : []),
  ]);
  const m = values[0]!.length;
  if (m > MOST_FEATURES || m > rows.length) {
    const most = Math.min(MOST_FEATURES, rows.length);
    throw shapeError(`the model has ${m} coefficients; expected at most ${most} for these rows`);
  }
  return matrix(rows.length, m, values.flat());
}

/** Which rows of a pasted table of inputs to measure, for a model that is linear in its coefficients. */
export const ownInput = defineOwnInput({
  fields: {
    rows: {
      kind: "text",
      label:
        "Paste the inputs of every experiment that you could make, one a line, numbers separated by commas.",
      example: Array.from(
        { length: 49 },
        (_, i) => `${(i % 7) / 3 - 1}, ${Math.floor(i / 7) / 3 - 1}`,
      ).join("\n"),
    },
    model: {
      kind: "choice",
      label: "Model",
      options: [
        { value: "linear", label: "linear" },
        { value: "quadratic", label: "quadratic, with products" },
      ],
      initial: "quadratic",
    },
    draws: { kind: "integer", label: "Draws", min: 1, max: 20, initial: 2 },
  },
  async run({ rows: text, model, draws }, lab) {
    await lab.progress(0, "orthonormalising");
    const rows = parse(text);
    const basis = new FiniteBasis(featuresOf(rows, model === "quadratic"));
    await lab.progress(0.5, "drawing");
    const { points, weights } = repeatDpp(basis, draws, lab.rng("own"));
    const zeros = new Float64Array(points.rows);
    const fit = weightedLeastSquares(points, zeros, basis, weights);
    const chosen = Array.from(points.data, (row, i) => ({ row: row + 1, weight: weights[i]! }));
    chosen.sort((a, b) => a.row - b.row);
    return {
      facts: [
        { label: "Coefficients", value: String(basis.features) },
        {
          label: "Rows to measure (a row that comes twice counts twice)",
          value: chosen.map(({ row }) => row).join(", "),
        },
        {
          label: "Their weights",
          value: chosen.map(({ weight }) => weight.toPrecision(3)).join(", "),
        },
        {
          label: "Smallest eigenvalue of the Gram matrix (1 at best)",
          value: fit.smallestEigenvalue.toPrecision(4),
        },
        {
          label: "The error is surely at most the best model's largest error times",
          value: fit.supNormConstant.toPrecision(4),
        },
      ],
      figures: [
        {
          id: "own-leverage",
          title: "How much each row matters",
          caption:
            "The leverage of a row is its chance to be in one draw; dots are the rows drawn.",
          x: { label: "row", scale: "linear" },
          y: { label: "leverage", scale: "linear" },
          series: [
            {
              label: "all rows",
              mark: "line",
              x: rows.map((_, i) => i + 1),
              y: Array.from(basis.leverages),
            },
            {
              label: "drawn",
              mark: "dot",
              x: chosen.map(({ row }) => row),
              y: chosen.map(({ row }) => basis.leverages[row - 1]!),
            },
          ],
        },
      ],
    };
  },
});
