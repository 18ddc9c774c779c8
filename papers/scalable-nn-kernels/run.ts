import { UniversalRandomFeatures } from "@daily-kernel/kernels";
import { defineRoom } from "@daily-kernel/reproduction";
import { measureAdapters } from "./adapter-claim.ts";
import { type AdapterKind, kernelKind } from "./adapter-kinds.ts";
import { type AdapterSizes, compareAdapters } from "./adapters.ts";
import { bundlingError, type Collapse } from "./bundling.ts";
import { bundledNet, type FitNet } from "./closed-form.ts";
import { measureClosedForm } from "./closed-form-claim.ts";
import paper from "./paper.ts";
import type { MakeFeatures } from "./pointwise.ts";
import { measurePointwise } from "./pointwise-claims.ts";
import { measureSpeed } from "./speed-claim.ts";
import { kernelLayer, type MakeApply } from "./timing.ts";

interface Subject {
  readonly makeFeatures: MakeFeatures;
  readonly collapse: Collapse;
  readonly fitNet: FitNet;
  readonly adapter: AdapterKind;
  readonly adapterSizes: AdapterSizes | undefined;
  readonly compareAdapters: typeof compareAdapters;
  readonly makeApply: MakeApply;
}

const subject: Subject = {
  makeFeatures: (options) => new UniversalRandomFeatures(options),
  collapse: (layer, w, b) => layer.followedBy(w, b),
  fitNet: bundledNet,
  adapter: kernelKind,
  adapterSizes: undefined,
  compareAdapters,
  makeApply: kernelLayer,
};

export default defineRoom({
  paper,
  subject,
  async run(lab, { makeFeatures, collapse, fitNet, makeApply, ...subject }) {
    await measurePointwise(lab, makeFeatures);
    const bundled = bundlingError(collapse, lab.rng("bundling"));
    lab.measure("bundling-is-exact", { kind: "rounding", tolerance: 1e-12, ...bundled });
    await measureClosedForm(lab, fitNet);
    await measureSpeed(lab, makeApply);
    const { adapter, adapterSizes } = subject;
    await measureAdapters(lab, adapter, subject.compareAdapters, adapterSizes);
    const detail = "fine-tuning BERT needs its weights, GLUE and a large GPU for hours";
    lab.skip("bert-adapters-keep-accuracy", "needs-gpu", detail);
  },
});
