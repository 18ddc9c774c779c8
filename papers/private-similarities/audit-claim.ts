import type { Rng } from "@daily-kernel/compute";
import type { auditAll, Promised } from "./audits.ts";
import { auditFigure } from "./figures.ts";
import type { PaperLab } from "./paper-lab.ts";

/** Attacks every structure on neighbouring data, as published and, for control, with half the noise. */
export async function measureAudit(
  lab: PaperLab,
  auditWith: typeof auditAll,
  promised: Promised,
): Promise<void> {
  const trials = lab.preset === "full" ? 40_000 : 2000;
  const audit = (told: Promised, from: number, rng: Rng) =>
    auditWith(told, { epsilon: 1, trials, rng }, (done) =>
      lab.progress(from + 0.1 * done, "auditing on neighbouring data"),
    );
  const audited = await audit(promised, 0.3, lab.rng("audit"));
  const halved = await audit(
    (options) => ({ ...options, epsilon: 2 * options.epsilon }),
    0.4,
    lab.rng("audit"),
  );
  const largest = (found: typeof audited) => Math.max(...found.map(({ ratio }) => ratio));
  lab.figure(auditFigure(audited, halved));
  lab.measure("audit-within-epsilon", {
    kind: "rounding",
    tolerance: 1e-9,
    value: largest(audited),
    n: trials,
    controls: [
      { label: "the same with half the noise", value: largest(halved) },
      ...audited.map(({ name, ratio }) => ({ label: name, value: ratio })),
    ],
    note: "Lower bounds at 99.99 % confidence. Failing to attack proves nothing: that privacy holds is the theorem's, and the sampler's, to say.",
  });
}
