import { between, type PaperLab } from "./paper-lab.ts";
import { layerSpeed, type MakeApply } from "./timing.ts";

/** Times a kernel layer beside a dense one. */
export async function measureSpeed(lab: PaperLab, makeApply: MakeApply): Promise<void> {
  const full = lab.preset === "full";
  const speed = await layerSpeed(
    makeApply,
    full ? 31 : 11,
    lab.rng("speed"),
    between(lab, 0.55, 0.6, "timing layers"),
  );
  const sorted = speed.ratios.toSorted((a, b) => a - b);
  const quantile = (q: number) => sorted[Math.round(q * (sorted.length - 1))]!;
  lab.measure("layer-faster-than-dense", {
    kind: "timing",
    value: quantile(0.5),
    n: sorted.length,
    interval: [quantile(0.25), quantile(0.75)],
    unit: "times faster",
    controls: [
      { label: "dense layer, ms", value: speed.dense },
      { label: "kernel layer, ms", value: speed.kernel },
    ],
  });
}
