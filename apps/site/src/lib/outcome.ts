import {
  type Claim,
  type ClaimOutcome,
  describeCriterion,
  reasons,
} from "@daily-kernel/reproduction";
import type { ClaimView, OutcomeView } from "./claim-view.ts";
import { prettyExponents, prettyNumber } from "./format.ts";

const withUnit = (value: number | string, unit: string | undefined) =>
  `${typeof value === "number" ? prettyNumber(value) : prettyExponents(value)}${unit ? ` ${unit}` : ""}`;

/** A claim in the words of the page. */
export const claimView = (claim: Claim): ClaimView => ({
  id: claim.id,
  statement: prettyExponents(claim.statement),
  reported: claim.reported && {
    value: withUnit(claim.reported.value, claim.reported.unit),
    setting: claim.reported.setting,
  },
  scale: claim.scale,
  quantity: claim.quantity,
  criterion: prettyExponents(describeCriterion(claim.holdsIf)),
});

const promises = {
  exact: "the same bits anywhere for the same seed",
  rounding: "the same for the same seed, up to",
  timing: "depends on the machine's clock",
};

/** An outcome in the words of the page; the worker of a run uses it as well as the server. */
export function outcomeView({ verdict, measured, reason }: ClaimOutcome): OutcomeView {
  return {
    verdict,
    value: measured && withUnit(measured.value, measured.unit),
    interval: measured?.interval ? measured.interval.map(prettyNumber).join(" to ") : null,
    n: measured && prettyNumber(measured.n),
    controls: (measured?.controls ?? []).map(({ label, value, source }) => ({
      label,
      value: prettyNumber(value),
      source: source ?? null,
    })),
    note: measured?.note ? prettyExponents(measured.note) : null,
    promise:
      measured &&
      promises[measured.kind] +
        (measured.kind === "rounding" ? ` ${prettyNumber(measured.tolerance)}` : ""),
    reason:
      reason &&
      (reason.code === "not-built" && reason.detail
        ? reason.detail
        : `${reasons[reason.code]}${reason.detail ? `: ${reason.detail}` : ""}`),
  };
}
