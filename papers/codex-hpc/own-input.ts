import { conjugateGradient, readMatrixMarket } from "@daily-kernel/forge";
import { defineOwnInput } from "@daily-kernel/reproduction";

const example = [
  "%%MatrixMarket matrix coordinate real symmetric",
  "% The second difference on five points.",
  "5 5 9",
  ...[1, 2, 3, 4, 5].map((i) => `${i} ${i} 2`),
  ...[2, 3, 4, 5].map((i) => `${i} ${i - 1} -1`),
].join("\n");

/** Conjugate gradients on the reader's own matrix. */
export const ownInput = defineOwnInput({
  fields: {
    matrix: {
      kind: "text",
      label: "Paste a symmetric positive definite matrix in the Matrix Market format.",
      example,
    },
    digits: { kind: "integer", label: "digits of the residual", min: 1, max: 14, initial: 10 },
  },
  async run({ matrix, digits }, lab) {
    const a = readMatrixMarket(matrix);
    const b = Float64Array.from({ length: a.rows }, (_, i) => ((i * 7919) % 1000) / 1000 + 1);
    const residuals: number[] = [];
    const iterations: number[] = [];
    for (let d = 1; d <= digits; d++) {
      await lab.progress((d - 1) / digits, `solving to 1e-${d}`);
      const solved = conjugateGradient(a, b, { tolerance: 10 ** -d });
      iterations.push(solved.iterations);
      residuals.push(Math.max(solved.relativeResidual, 1e-17));
    }
    return {
      facts: [
        { label: "unknowns", value: String(a.rows) },
        { label: "stored entries", value: String(a.values.length) },
        { label: "iterations", value: String(iterations.at(-1)) },
        { label: "relative residual", value: residuals.at(-1)!.toExponential(2) },
      ],
      figures: [
        {
          id: "own-residual",
          title: "Relative residual by iterations",
          caption: "Each point is a solution from zero to one more digit.",
          x: { label: "iterations", scale: "linear" },
          y: { label: "relative residual", scale: "log" },
          series: [{ label: "residual", mark: "line", x: iterations, y: residuals }],
        },
      ],
    };
  },
});
