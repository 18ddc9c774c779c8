import { domainError, matrix, shapeError } from "@daily-kernel/compute";
import { defineOwnInput } from "@daily-kernel/reproduction";
import { VonMisesFisher } from "@daily-kernel/special";

function parseLine(line: string, number: number): number[] {
  const row = line
    .split(/[,;\s]+/)
    .filter(Boolean)
    .map(Number);
  const bad = row.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw domainError(`line ${number}: value ${bad + 1} must be a finite number`);
  const norm = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
  if (Math.abs(norm - 1) > 1e-2) {
    throw domainError(`line ${number}: the vector must have norm 1 within 0.01, got ${norm}`);
  }
  return row.map((value) => value / norm);
}

/** Fits a von Mises-Fisher distribution to pasted vectors. */
export const ownInput = defineOwnInput({
  fields: {
    vectors: {
      kind: "text",
      label:
        "Paste unit vectors, one a line, coordinates separated by commas (norm 1 within 0.01).",
      example: ["0.96, 0.28, 0", "0.8, 0.6, 0", "0.936, 0.28, 0.2134", "0.6, 0.64, 0.48"].join(
        "\n",
      ),
    },
  },
  async run({ vectors }, lab) {
    const lines = vectors.split("\n").map((line, i) => ({ text: line.trim(), number: i + 1 }));
    const rows = lines.filter((line) => line.text !== "").map((l) => parseLine(l.text, l.number));
    const p = rows[0]?.length ?? 0;
    if (rows.length < 2 || p < 2) {
      throw shapeError("expected at least two lines of at least two numbers each");
    }
    const odd = rows.findIndex((row) => row.length !== p);
    if (odd >= 0) {
      const { number } = lines.filter((line) => line.text !== "")[odd]!;
      throw shapeError(
        `line ${number}: expected ${p} numbers as on the first line, got ${rows[odd]!.length}`,
      );
    }
    await lab.progress(0.5, "fitting");
    const x = matrix(rows.length, p, rows.flat());
    const fitted = VonMisesFisher.fit(x);
    const corrected = VonMisesFisher.fit(x, { correctBias: true });
    const logLikelihood = fitted.logPdf(x).reduce((sum, value) => sum + value, 0);
    const uniform = new VonMisesFisher({ mean: fitted.mean, kappa: 0 });
    const shown = Array.from(fitted.mean.slice(0, 8), (value) => value.toPrecision(6)).join(", ");
    return {
      facts: [
        { label: "Vectors", value: `${rows.length} in ${p} dimensions` },
        {
          label: "Concentration kappa",
          value: `${fitted.kappa.toPrecision(8)} ± ${fitted.standardError(rows.length).toPrecision(2)}`,
        },
        { label: "Corrected for bias", value: corrected.kappa.toPrecision(8) },
        { label: "Mean resultant length", value: fitted.meanResultantLength.toPrecision(8) },
        { label: "Mean direction", value: p > 8 ? `${shown}, ...` : shown },
        { label: "Log-likelihood", value: logLikelihood.toPrecision(8) },
        {
          label: "Gain over the uniform distribution",
          value: (logLikelihood - rows.length * uniform.logPdf(fitted.mean)).toPrecision(6),
        },
      ],
      figures: [
        {
          id: "own-cosines",
          title: "Cosine of every vector to the mean direction",
          caption: "In a good fit the cosines scatter about the mean resultant length.",
          x: { label: "vector", scale: "linear" },
          y: { label: "cosine", scale: "linear" },
          series: [
            {
              label: "vectors",
              mark: "dot",
              x: rows.map((_, i) => i + 1),
              y: rows.map((row) => row.reduce((sum, v, j) => sum + v * fitted.mean[j]!, 0)),
            },
            {
              label: "mean resultant length",
              mark: "line",
              x: [1, rows.length],
              y: [fitted.meanResultantLength, fitted.meanResultantLength],
            },
          ],
        },
      ],
    };
  },
});
