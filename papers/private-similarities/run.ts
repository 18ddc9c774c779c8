import { PrivateClassifier, PrivateL1 } from "@daily-kernel/privacy";
import { defineRoom } from "@daily-kernel/reproduction";
import { measureAudit } from "./audit-claim.ts";
import { auditAll, type Promised } from "./audits.ts";
import { type DpSgd, exactAccuracy, type MakeClassifier } from "./classify.ts";
import { measureDigits } from "./digits-claims.ts";
import { type MakeL1, noiseOf } from "./distances.ts";
import { trainDpSgd } from "./dp-sgd.ts";
import { measureFlights } from "./flights-claims.ts";
import { measureNoiseLaws } from "./noise-laws.ts";
import { ownInput } from "./own-input.ts";
import paper from "./paper.ts";

interface Subject {
  readonly l1: MakeL1;
  readonly noiseOf: typeof noiseOf;
  readonly classifier: MakeClassifier;
  /** What the structures under audit are told, from what was promised. */
  readonly promised: Promised;
  readonly audit: typeof auditAll;
  readonly exactAccuracy: typeof exactAccuracy;
  readonly dpSgd: DpSgd;
}

const subject: Subject = {
  l1: (options) => new PrivateL1(options),
  noiseOf,
  classifier: (options) => new PrivateClassifier(options),
  promised: (options) => options,
  audit: auditAll,
  exactAccuracy,
  dpSgd: trainDpSgd,
};

export default defineRoom({
  paper,
  subject,
  ownInput,
  async run(lab, { l1, promised, ...subject }) {
    await measureNoiseLaws(lab, l1, subject.noiseOf);
    await measureAudit(lab, subject.audit, promised);
    await measureFlights(lab, l1);
    await measureDigits(lab, subject);
  },
});
