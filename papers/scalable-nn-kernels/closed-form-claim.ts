import { uciRegression } from "@daily-kernel/datasets";
import { type FitNet, tableErrors } from "./closed-form.ts";
import { closedFormFigure } from "./figures.ts";
import { between, mean, type PaperLab } from "./paper-lab.ts";

/** Fits bundled nets in closed form on UCI tables. */
export async function measureClosedForm(lab: PaperLab, fitNet: FitNet): Promise<void> {
  const full = lab.preset === "full";
  await lab.attempt(["closed-form-competitive"], async () => {
    const tables = await lab.data(uciRegression);
    const names = full
      ? (["concrete", "energy", "kin8nm", "power", "wine", "yacht"] as const)
      : (["concrete", "energy", "yacht"] as const);
    const doing = between(lab, 0.45, 0.55, "fitting nets in closed form");
    const rng = lab.rng("tables");
    const results = await tableErrors(fitNet, tables, names, full ? 10 : 3, rng, doing);
    lab.figure(closedFormFigure(results));
    const ratio = (error: number, { controls }: (typeof results)[number]) =>
      error / controls["linear regression"]!;
    const controls = Object.keys(results[0]!.controls).map((label) => ({
      label: `${label}, mean over tables`,
      value: mean(results.map((result) => ratio(result.controls[label]!, result))),
    }));
    lab.measure("closed-form-competitive", {
      kind: "rounding",
      tolerance: 1e-6,
      value: Math.max(...results.map((result) => ratio(result.net, result))),
      n: Math.min(...results.map(({ tested }) => tested)),
      controls,
    });
  });
}
