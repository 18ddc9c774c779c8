import { flights } from "@daily-kernel/datasets";
import { type L1Options, noNoise } from "@daily-kernel/privacy";
import { average } from "./averages.ts";
import { unitFlights } from "./data.ts";
import { additiveTerm, errorsOf, exactSums, type MakeL1, randomQueries } from "./distances.ts";
import { errorsFigure } from "./figures.ts";
import type { PaperLab } from "./paper-lab.ts";

/** Publishes the flights and compares 60 private sums with the exact ones. */
export async function measureFlights(lab: PaperLab, l1: MakeL1): Promise<void> {
  const full = lab.preset === "full";
  await lab.attempt(["l1-error-bound-holds", "l1-error-on-flights"], async () => {
    const x = unitFlights(await lab.data(flights));
    await lab.progress(0.5, "summing distances exactly");
    const queries = randomQueries(60, 3, lab.rng("flights queries"));
    const exact = await exactSums(x, queries, () => lab.progress(0.52, "summing exactly"));
    const seeds = full ? 20 : 1;
    const runs = async (name: string, count: number, options: Partial<L1Options>) => {
      const made: L1Options = {
        adjacency: "add-remove",
        range: [0, 1],
        dimension: 3,
        levels: 17,
        epsilon: 1,
        ...options,
      };
      const { epsilon, alpha = 0.1 } = made;
      const all = [];
      for (let seed = 0; seed < count; seed++) {
        await lab.progress(0.55 + (0.1 * seed) / count, `publishing the flights, ${name}`);
        const unsafeRng = lab.rng(`flights ${name} ${seed}`);
        const release = await l1({ ...made, unsafeRng }).fit(x, { signal: lab.signal });
        const estimates = queries.map((y) => release.query(y).value);
        all.push(errorsOf(estimates, exact, alpha, additiveTerm(x.rows, 3, epsilon, alpha)));
      }
      return {
        mean: 100 * average(all.map(({ mean }) => mean)),
        worst: 100 * Math.max(...all.map(({ worst }) => worst)),
        excess: all.flatMap(({ excess }) => excess),
        relative: all[0]!.relative.map((error) => 100 * error),
      };
    };
    const shells = await runs("shells", seeds, {});
    const others = [
      ["offsets, no alpha", await runs("offsets", full ? 5 : 1, { estimator: "offsets" })],
      ["no noise", await runs("no noise", 1, { noise: noNoise })],
      ...(full
        ? ([
            ["epsilon = 0.1", await runs("epsilon 0.1", 5, { epsilon: 0.1 })],
            ["alpha = 0.5", await runs("alpha 0.5", 5, { alpha: 0.5 })],
          ] as const)
        : []),
    ] as const;
    const held = shells.excess.filter((excess) => excess <= 4).length;
    lab.measure("l1-error-bound-holds", {
      kind: "exact",
      value: held / shells.excess.length,
      n: shells.excess.length,
      controls: [
        {
          label: "largest excess over the factor, in additive terms",
          value: Math.max(...shells.excess),
        },
      ],
      note: "The theorem hides a constant: the additive term is taken 4 times, with logarithms to base 2.",
    });
    lab.figure(
      errorsFigure([
        { label: "shells, alpha = 0.1", errors: shells.relative },
        ...others.map(([label, { relative }]) => ({ label, errors: relative })),
      ]),
    );
    lab.measure("l1-error-on-flights", {
      kind: "rounding",
      tolerance: 1e-6,
      value: shells.mean,
      n: 60 * seeds,
      unit: "%",
      controls: [
        { label: "worst query", value: shells.worst },
        ...others.map(([label, { mean }]) => ({ label, value: mean })),
      ],
    });
  });
}
