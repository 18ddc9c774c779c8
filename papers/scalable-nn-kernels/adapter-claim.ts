import { mnistDigits } from "@daily-kernel/datasets";
import type { AdapterKind } from "./adapter-kinds.ts";
import type { AdapterSizes, compareAdapters } from "./adapters.ts";
import { adapterFigure } from "./figures.ts";
import { between, mean, type PaperLab } from "./paper-lab.ts";

const quickSizes: AdapterSizes = {
  training: 1280,
  validation: 0,
  testing: 1000,
  epochs: 6,
  searching: 0,
  seeds: 1,
};
const fullSizes: AdapterSizes = {
  training: 3000,
  validation: 1000,
  testing: 1800,
  epochs: 8,
  searching: 3,
  seeds: 5,
};

/** Compares adapters on digits that the frozen layers have not seen. */
export async function measureAdapters(
  lab: PaperLab,
  kernelKind: AdapterKind,
  compare: typeof compareAdapters,
  sizes: AdapterSizes = lab.preset === "full" ? fullSizes : quickSizes,
): Promise<void> {
  const claim = "adapter-with-a-fifth-of-parameters";
  await lab.attempt([claim], async () => {
    const digits = await lab.data(mnistDigits);
    const { settings, runs } = await compare(
      kernelKind,
      digits,
      sizes,
      (stream) => lab.rng(stream),
      between(lab, 0.6, 1, "training adapters"),
    );
    lab.figure(adapterFigure(runs));
    const at = (label: string) => runs.map((run) => run.find((result) => result.label === label)!);
    const accuracy = (label: string) => mean(at(label).map((result) => result.accuracy));
    const differences = at("kernel adapter").map(
      (result, k) => result.accuracy - at("dense adapter")[k]!.accuracy,
    );
    const lost = accuracy("dense adapter") - accuracy("no adapter");
    const chosen = settings.map(({ label, setting }) => `${label}: ${setting}`).join("; ");
    const how =
      sizes.searching > 0
        ? "Found by a search of as many trials for each kind of adapter, on digits kept from training"
        : "As a search of the full preset found them";
    lab.measure(claim, {
      kind: "rounding",
      tolerance: 0.5,
      value: mean(differences),
      n: sizes.seeds,
      interval: [Math.min(...differences), Math.max(...differences)],
      unit: "points",
      controls: [
        ...runs[0]!.map(({ label, parameters }) => ({
          label: `${label}, ${parameters.toLocaleString("en")} parameters, accuracy in %`,
          value: accuracy(label),
        })),
        { label: "dense adapter minus no adapter, in points", value: lost },
      ],
      note: `Adapters between two frozen layers. ${how}: ${chosen}. Here the head alone loses ${lost.toFixed(1)} points against the dense adapter; the claim asks for a task where it loses 3.`,
    });
  });
}
