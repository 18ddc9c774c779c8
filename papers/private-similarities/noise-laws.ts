import { type L1Options, noNoise, PrivateL1 } from "@daily-kernel/privacy";
import { average } from "./averages.ts";
import { uniformPoints } from "./data.ts";
import { logLogSlope, type MakeL1, type noiseOf, randomQueries } from "./distances.ts";
import { noiseFigure } from "./figures.ts";
import type { PaperLab } from "./paper-lab.ts";

/** Settings of the three exponents: what is varied, and how the options follow. */
const laws = [
  {
    claim: "noise-against-epsilon",
    label: "epsilon",
    exponent: -1,
    values: [0.1, 0.2, 0.4, 0.8, 1.6, 3.2],
    options: (epsilon: number) => ({ dimension: 1, epsilon, levels: 10, alpha: 0.1 }),
  },
  {
    claim: "noise-against-dimension",
    label: "dimension",
    exponent: 1.5,
    values: [1, 2, 4, 8, 16, 32],
    options: (dimension: number) => ({ dimension, epsilon: 1, levels: 6, alpha: 0.1 }),
  },
  {
    claim: "noise-against-alpha",
    label: "1 / alpha",
    exponent: 0.5,
    values: [2, 4, 8, 16, 32],
    options: (inverse: number) => ({ dimension: 1, epsilon: 1, levels: 12, alpha: 1 / inverse }),
  },
] as const;

/** Measures the three exponents of the noise of a private l1 sum. */
export async function measureNoiseLaws(
  lab: PaperLab,
  l1: MakeL1,
  noise: typeof noiseOf,
): Promise<void> {
  for (const [k, { claim, label, exponent, values, options }] of laws.entries()) {
    const measured: number[] = [];
    const stated: number[] = [];
    for (const value of values) {
      const doing = `measuring noise against ${label}`;
      const breathe = () => lab.progress(0.05 + 0.08 * k, doing);
      const rng = lab.rng(`${claim} ${value}`);
      const made: L1Options = {
        adjacency: "add-remove",
        range: [0, 1],
        ...options(value),
        unsafeRng: rng.spawn("noise"),
      };
      const x = uniformPoints(200, made.dimension, rng.spawn("records"));
      const queries = randomQueries(16, made.dimension, lab.rng(`${claim} queries`));
      const releases = lab.preset === "full" ? 1000 : 100;
      measured.push(
        await noise(l1, made, { ...made, noise: noNoise }, x, releases, queries, breathe),
      );
      const release = await new PrivateL1(made).fit(x);
      const squares = queries.map((y) => release.query(y).noiseStd ** 2);
      stated.push(Math.sqrt(average(squares)));
    }
    lab.figure(noiseFigure(claim, label, values, measured, stated, exponent));
    const note =
      claim === "noise-against-alpha"
        ? "The theorem's term is an upper bound. A thinner shell holds fewer leaves and takes fewer nodes, so that the noise grows more slowly than the bound."
        : undefined;
    lab.measure(claim, {
      kind: "rounding",
      tolerance: 1e-6,
      ...(note === undefined ? {} : { note }),
      value: logLogSlope(values, measured),
      n: values.length,
      controls: [
        {
          label: "slope of what the answers state of their noise",
          value: logLogSlope(values, stated),
        },
        {
          label: "measured over stated noise, largest departure from 1",
          value: Math.max(...measured.map((std, i) => Math.abs(std / stated[i]! - 1))),
        },
      ],
    });
  }
}
