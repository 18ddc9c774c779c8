import { domainError } from "@daily-kernel/compute";
import {
  Faure,
  type FaureOptions,
  Halton,
  type HaltonOptions,
  Hammersley,
  IIDStdUniform,
  KorobovLattice,
  Kronecker,
  LatinHypercube,
  Lattice,
  type PointSet,
  type Sequence,
  Sobol,
  type SobolOptions,
  tValue,
} from "@daily-kernel/qmc";
import { defineOwnInput, type Figure, type Values } from "@daily-kernel/reproduction";
import { discrepancyFacts, type Facts, integralFacts } from "./own-facts.ts";

const anyBase = ["halton", "faure", "hammersley"];
const digital = ["sobol", ...anyBase];
const shifted = ["lattice", "korobov", "kronecker"];
const ordered = ["sobol", "lattice"];
const unordered = [...anyBase, "korobov", "kronecker", "latin-hypercube", "independent"];
const mostDimensions = 64;
const sizes = Array.from({ length: 14 }, (_, i) => String(2 ** (i + 1)));

const fields = {
  family: {
    kind: "choice",
    label: "Family",
    initial: "sobol",
    options: [
      { value: "sobol", label: "Sobol'" },
      { value: "lattice", label: "Rank-1 lattice" },
      { value: "korobov", label: "Korobov lattice" },
      { value: "kronecker", label: "Kronecker" },
      { value: "halton", label: "Halton" },
      { value: "faure", label: "Faure" },
      { value: "hammersley", label: "Hammersley" },
      { value: "latin-hypercube", label: "Latin hypercube" },
      { value: "independent", label: "Independent" },
    ],
  },
  randomize: {
    kind: "choice",
    label: "Randomization",
    initial: "LMS_DS",
    options: [
      { value: "LMS_DS", label: "Scramble + shift", when: { family: digital } },
      { value: "LMS_DP", label: "Scramble + permute", when: { family: anyBase } },
      { value: "LMS", label: "Linear scramble", when: { family: digital } },
      { value: "DS", label: "Digital shift", when: { family: digital } },
      { value: "DP", label: "Permuted digits", when: { family: anyBase } },
      { value: "NUS", label: "Owen scramble", when: { family: digital } },
      { value: "OWEN", label: "Owen, hashed", when: { family: ["sobol"] } },
      { value: "QRNG", label: "Multipliers + shift", when: { family: ["halton"] } },
      { value: "SHIFT", label: "Shift", when: { family: shifted } },
      { value: "jitter", label: "Jitter", when: { family: ["latin-hypercube"] } },
      { value: "random", label: "Random", when: { family: ["independent"] } },
      {
        value: "none",
        label: "None",
        when: { family: [...digital, ...shifted, "latin-hypercube"] },
      },
    ],
  },
  order: {
    kind: "choice",
    label: "Order",
    initial: "natural",
    options: [
      { value: "natural", label: "Natural", when: { family: ordered } },
      { value: "gray", label: "Gray code", when: { family: ordered } },
      { value: "linear", label: "Linear", when: { family: ["lattice"] } },
      { value: "index", label: "The family's own", when: { family: unordered } },
    ],
  },
  n: {
    kind: "choice",
    label: "Points",
    initial: "256",
    options: sizes.map((size) => ({ value: size, label: size })),
  },
  dimension: { kind: "integer", label: "Dimensions", min: 2, max: mostDimensions, initial: 8 },
  x: { kind: "integer", label: "Coordinate across", min: 1, max: mostDimensions, initial: 1 },
  y: { kind: "integer", label: "Coordinate up", min: 1, max: mostDimensions, initial: 2 },
  seed: { kind: "integer", label: "Seed", min: 0, max: Number.MAX_SAFE_INTEGER, initial: 7 },
} as const;

type View = Values<typeof fields>;

/** The chosen sequence. The form lets only those randomizations and orders through that it takes. */
function makeSequence({ family, randomize, order, dimension, seed }: View): Sequence {
  const common = { dimension, seed };
  const shift = randomize as "SHIFT" | "none";
  const digits = randomize as NonNullable<FaureOptions["randomize"]>;
  switch (family) {
    case "sobol":
      return makeSobol({ randomize, order, seed }, dimension);
    case "lattice":
      return new Lattice({
        ...common,
        randomize: shift,
        order: order as "natural" | "gray" | "linear",
      });
    case "korobov":
      return new KorobovLattice({ ...common, randomize: shift });
    case "kronecker":
      return new Kronecker({ ...common, randomize: shift });
    case "halton":
      return new Halton({
        ...common,
        randomize: randomize as NonNullable<HaltonOptions["randomize"]>,
      });
    case "faure":
      return new Faure({ ...common, randomize: digits });
    case "hammersley":
      return new Hammersley({ ...common, randomize: digits });
    case "latin-hypercube":
      return new LatinHypercube({ ...common, randomize: randomize as "jitter" | "none" });
    case "independent":
      return new IIDStdUniform(common);
  }
}

function makeSobol(
  { randomize, order, seed }: Pick<View, "randomize" | "order" | "seed">,
  dimension: number | number[],
): Sobol {
  return new Sobol({
    dimension,
    seed,
    randomize: randomize as NonNullable<SobolOptions["randomize"]>,
    order: order as "natural" | "gray",
  });
}

function checkAxes({ x, y, dimension }: View): void {
  for (const name of ["x", "y"] as const) {
    const coordinate = name === "x" ? x : y;
    if (coordinate > dimension) {
      throw domainError(
        `${fields[name].label}: there are ${dimension} dimensions, got coordinate ${coordinate}`,
      );
    }
  }
  if (x === y) {
    throw domainError(`${fields.y.label}: expected another coordinate than across, got ${y} twice`);
  }
}

/** The two coordinates that are shown, of all points. */
function project(set: PointSet, x: number, y: number): PointSet {
  const data = new Float64Array(2 * set.n);
  for (let i = 0; i < set.n; i++) {
    data[2 * i] = set.data[i * set.dimension + x - 1]!;
    data[2 * i + 1] = set.data[i * set.dimension + y - 1]!;
  }
  return { data, n: set.n, dimension: 2, replications: 1 };
}

function captionOf({ family, order }: View): string {
  if (family === "independent") {
    return "Independent points clump and leave gaps, however many there are.";
  }
  if (["korobov", "hammersley", "latin-hypercube"].includes(family)) {
    return "A set made for this number of points: another number gives other points.";
  }
  return order === "linear"
    ? "In linear order the first half fills its own part of the lattice: it does not extend."
    : "A sequence extends: in a good projection the second half falls between the points of the first.";
}

function figureOf(view: View, { data, n }: PointSet): Figure {
  const labelOf = (name: "family" | "randomize") =>
    fields[name].options.find(({ value }) => value === view[name])!.label;
  const half = (label: string, from: number, to: number) => ({
    label,
    mark: "dot" as const,
    x: Array.from({ length: to - from }, (_, i) => data[2 * (from + i)]!),
    y: Array.from({ length: to - from }, (_, i) => data[2 * (from + i) + 1]!),
  });
  const axis = (coordinate: number) =>
    ({ label: `coordinate ${coordinate}`, scale: "linear", domain: [0, 1] }) as const;
  const randomize = labelOf("randomize").toLowerCase().replace("owen", "Owen");
  return {
    id: "own-projection",
    title: `${labelOf("family")}, ${randomize === "none" ? "not randomized" : randomize}: ${n} points`,
    caption: captionOf(view),
    x: axis(view.x),
    y: axis(view.y),
    aspect: "square",
    series: [half("first half", 0, n / 2), half("second half", n / 2, n)],
  };
}

/** Of the net and of the two coordinates that are shown: which may be better, or much better. */
function netFacts(view: View): Facts {
  if (view.family !== "sobol") return [];
  const m = Math.log2(Number(view.n));
  const fact = (of: string, dimension: number | number[]) => ({
    label: `t-value, 0 (best) to ${m}, ${of}`,
    value: String(tValue(makeSobol(view, dimension), { m })),
  });
  return [
    fact("shown coordinates", [view.x - 1, view.y - 1]),
    fact(`all ${view.dimension} coordinates`, view.dimension),
  ];
}

/** A discrepancy of all coordinates takes n^2 d steps; more than these would keep the view waiting. */
const mostSteps = 2 ** 27;

/** An interactive view of a sequence: two of its coordinates, and how even its points lie. */
export const ownInput = defineOwnInput({
  fields,
  live: true,
  async run(view, lab) {
    checkAxes(view);
    const { x, y, dimension } = view;
    const n = Number(view.n);
    const sequence = makeSequence(view);
    const set = sequence.points({ nMax: n });
    const shown = project(set, x, y);
    await lab.progress(0.2, "finding the net's quality");
    const facts = [...netFacts(view)];
    await lab.progress(0.4, "integrating");
    facts.push(...(await integralFacts(set, sequence)));
    await lab.progress(0.6, "measuring discrepancies");
    facts.push(...(await discrepancyFacts(shown, "shown coordinates", lab)));
    if (dimension > 2 && n * n * dimension <= mostSteps) {
      facts.push(...(await discrepancyFacts(set, `all ${dimension} coordinates`, lab)));
    }
    return { facts, figures: [figureOf(view, shown)] };
  },
});
