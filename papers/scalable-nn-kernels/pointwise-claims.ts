import { errorFigure, varianceFigure } from "./figures.ts";
import { between, type PaperLab } from "./paper-lab.ts";
import { errorCurves, type MakeFeatures, orthogonalGain, varianceChecks } from "./pointwise.ts";

/** Errors and variances of estimated neurons, and what orthogonal projections gain. */
export async function measurePointwise(lab: PaperLab, makeFeatures: MakeFeatures): Promise<void> {
  const full = lab.preset === "full";
  const draws = Array.from({ length: full ? 9 : 7 }, (_, k) => 2 ** (k + 4));
  const curves = await errorCurves(
    makeFeatures,
    draws,
    full ? 200 : 40,
    lab.rng("errors"),
    between(lab, 0, 0.2, "estimating neurons"),
  );
  lab.figure(errorFigure(curves));
  const slopes = curves.map(({ slope }) => slope);
  const farthest = (a: number, b: number) => (Math.abs(b + 0.5) > Math.abs(a + 0.5) ? b : a);
  lab.measure("error-falls-with-features", {
    kind: "rounding",
    tolerance: 1e-6,
    value: slopes.reduce(farthest),
    n: curves.length,
    controls: curves.map(({ label, slope }) => ({ label, value: slope })),
    note: "The slope that is farthest from -1/2. The Gaussian's estimate has a finite variance only for inputs shorter than 0.71, and those of sech(z) and exp(-|z|) have not even a mean.",
  });

  const checks = await varianceChecks(
    makeFeatures,
    full ? 60 : 6,
    lab.rng("variance"),
    between(lab, 0.2, 0.35, "measuring variances"),
  );
  lab.figure(varianceFigure(checks));
  lab.measure("variance-as-derived", {
    kind: "rounding",
    tolerance: 1e-6,
    value: Math.max(...checks.map((c) => 100 * Math.abs(c.measured / c.exact - 1))),
    n: checks.length,
    unit: "%",
    controls: checks.map(({ label, exact }) => ({ label: `exact, ${label}`, value: exact })),
  });

  const gain = await orthogonalGain(
    makeFeatures,
    full ? 20_000 : 1500,
    lab.rng("orthogonal"),
    between(lab, 0.35, 0.45, "comparing projections"),
  );
  lab.measure("orthogonal-projections-help", { kind: "rounding", tolerance: 1e-6, ...gain });
}
