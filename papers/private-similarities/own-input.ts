import { domainError, type Matrix, matrix, Rng, shapeError } from "@daily-kernel/compute";
import { PrivateKernelSum, PrivateL1 } from "@daily-kernel/privacy";
import { defineOwnInput } from "@daily-kernel/reproduction";
import { ownFigure } from "./figures.ts";

const MOST_NUMBERS = 1_000_000;
const GRID = 60;

/** Four hundred people made up: age, and income in thousands, which rises and spreads with age. */
function madeUp(): string {
  const rng = new Rng(1);
  const people = Array.from({ length: 400 }, () => {
    const age = Math.round(18 + 60 * rng.uniform());
    const income = Math.exp(3.3 + 0.012 * age + 0.4 * rng.normal());
    return `${age}, ${Math.min(299, income).toFixed(1)}`;
  });
  return people.join("\n");
}

/** Lines of numbers, `cols` on each, or as many as on the first. */
function parseRows(what: string, text: string, cols?: number): Matrix {
  const lines = text.split("\n").map((line, i) => ({ line: line.trim(), number: i + 1 }));
  const rows = lines.filter(({ line }) => line !== "");
  let width = cols;
  const numbers = rows.flatMap(({ line, number }) => {
    const row = line.split(/[,;\s]+/).map(Number);
    width ??= row.length;
    if (row.length !== width) {
      throw shapeError(`${what}, line ${number}: expected ${width} numbers, got ${row.length}`);
    }
    const bad = row.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw domainError(`${what}, line ${number}: number ${bad + 1} is none`);
    return row;
  });
  if (rows.length === 0) throw shapeError(`${what}: expected at least one line`);
  if (numbers.length > MOST_NUMBERS) {
    throw domainError(`${what}: expected at most ${MOST_NUMBERS} numbers, got ${numbers.length}`);
  }
  return matrix(rows.length, width!, numbers);
}

/** Rows in [0, 1]^d by the bounds, d x 2. */
function scaled(what: string, { data, rows, cols }: Matrix, bounds: Matrix): Matrix {
  const unit = data.map((value, at) => {
    const j = at % cols;
    const [low, high] = [bounds.data[2 * j]!, bounds.data[2 * j + 1]!];
    if (value < low || value > high) {
      const row = Math.floor(at / cols) + 1;
      throw domainError(`${what}, row ${row}: ${value} is not within ${low} and ${high}`);
    }
    return (value - low) / (high - low);
  });
  return matrix(rows, cols, unit);
}

const rowOf = ({ data, cols }: Matrix, i: number) => data.subarray(i * cols, (i + 1) * cols);

/** The same sum, of the records themselves. */
function exactSum(x: Matrix, y: ArrayLike<number>, of: (x: Float64Array, y: number[]) => number) {
  const point = Array.from(y);
  let sum = 0;
  for (let i = 0; i < x.rows; i++) sum += of(rowOf(x, i), point);
  return sum;
}

const power = (x: Float64Array, y: readonly number[], p: number) =>
  y.reduce((sum, value, j) => sum + Math.abs(x[j]! - value) ** p, 0);

/** One private release of the reader's own records, with noise from the platform's generator. */
export const ownInput = defineOwnInput({
  fields: {
    records: {
      kind: "text",
      label: "Paste private records, one a line, numbers separated by commas.",
      example: madeUp(),
    },
    bounds: {
      kind: "text",
      label:
        "Paste bounds, one line a number: the lowest and the highest that there could be, known without a look at the records.",
      example: "0, 120\n0, 300",
    },
    points: {
      kind: "text",
      label: "Paste points to ask about, in the form of the records.",
      example: "25, 40\n50, 60\n80, 200",
    },
    statistic: {
      kind: "choice",
      label: "What is published",
      options: [
        { value: "distance", label: "sums of l1 distances, each number scaled to 0 to 1" },
        { value: "similarity", label: "sums of Gaussian similarities" },
      ],
      initial: "distance",
    },
    width: {
      kind: "integer",
      label: "Width of the similarity, per cent of the bounds",
      min: 1,
      max: 1000,
      initial: 30,
    },
    epsilon: {
      kind: "integer",
      label: "Epsilon, in hundredths",
      min: 1,
      max: 10_000,
      initial: 100,
    },
    adjacency: {
      kind: "choice",
      label: "What is kept secret",
      options: [
        { value: "add-remove", label: "whether a record is there" },
        { value: "substitute", label: "what a record says, their number being public" },
      ],
      initial: "add-remove",
    },
  },
  async run({ records, bounds: boundsText, points, statistic, width, epsilon, adjacency }, lab) {
    await lab.progress(0, "reading records");
    const read = parseRows("records", records);
    const d = read.cols;
    const bounds = parseRows("bounds", boundsText, 2);
    if (bounds.rows !== d) {
      throw shapeError(`bounds: expected a line for each of ${d} numbers, got ${bounds.rows}`);
    }
    for (let j = 0; j < d; j++) {
      const [low, high] = rowOf(bounds, j) as unknown as [number, number];
      if (!(low < high)) throw domainError(`bounds, line ${j + 1}: expected low, then high`);
    }
    const x = scaled("records", read, bounds);
    const y = scaled("points", parseRows("points", points, d), bounds);
    const promise = { dimension: d, epsilon: epsilon / 100, adjacency } as const;
    const sigma = width / 100;
    const structure =
      statistic === "distance"
        ? new PrivateL1({ ...promise, range: [0, 1], levels: 16, estimator: "offsets" })
        : new PrivateKernelSum({ ...promise, kernel: "gaussian", sigma });
    const of =
      statistic === "distance"
        ? (a: Float64Array, b: number[]) => power(a, b, 1)
        : (a: Float64Array, b: number[]) => Math.exp(-power(a, b, 2) / sigma ** 2);
    await lab.progress(0.3, "publishing");
    const release = await structure.fit(x, { signal: lab.signal });
    await lab.progress(0.7, "asking");
    const answers = Array.from({ length: y.rows }, (_, i) => {
      const { value, noiseStd } = release.query(rowOf(y, i));
      return { exact: exactSum(x, rowOf(y, i), of), value, noiseStd };
    });
    const [low, high] = rowOf(bounds, 0) as unknown as [number, number];
    const line = Array.from({ length: GRID + 1 }, (_, k) => {
      const point = Float64Array.from(rowOf(y, 0));
      point[0] = k / GRID;
      return {
        at: low + (high - low) * point[0],
        exact: exactSum(x, point, of),
        ...release.query(point),
      };
    });
    const shown = (value: number) => Number(value.toPrecision(5)).toLocaleString("en");
    return {
      facts: [
        { label: "Records", value: `${x.rows} of ${d} numbers` },
        { label: "Spent for ever, whatever is asked: epsilon", value: `${promise.epsilon}` },
        {
          label: "Most that one record changes what is published",
          value: shown(structure.sensitivity()),
        },
        {
          label: "Scale of the noise of each number published",
          value: shown(structure.noiseScale()),
        },
        {
          label: "Size of what is published",
          value: `${JSON.stringify(release).length.toLocaleString("en")} characters`,
        },
        ...answers.slice(0, 12).map(({ exact, value, noiseStd }, i) => ({
          label: `Point ${i + 1}: exact, private`,
          value: `${shown(exact)}, ${shown(value)} ± ${shown(noiseStd)}`,
        })),
      ],
      figures: [ownFigure(line)],
    };
  },
});
