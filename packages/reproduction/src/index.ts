export {
  atLeast,
  atMost,
  between,
  type Criterion,
  decide,
  describeCriterion,
} from "./criterion.ts";
export { describeMeasurement, describeReported, formatNumber } from "./describe.ts";
export type {
  ChoiceField,
  Field,
  Fields,
  IntegerField,
  Option,
  TextField,
  Values,
} from "./fields.ts";
export type { Axis, Figure, Series } from "./figure.ts";
export type { Device, Lab, Preset } from "./lab.ts";
export {
  type LedgerClaim,
  type LedgerEntry,
  type LedgerPaper,
  ledgerRow,
  tally,
} from "./ledger.ts";
export { agree, type Control, type Measurement, type Reproducibility } from "./measurement.ts";
export { checkValues, defineOwnInput, type OwnInput, type OwnResult } from "./own-input.ts";
export {
  type Claim,
  definePaper,
  type Paper,
  type Reported,
  type Scale,
  type Topic,
  topics,
} from "./paper.ts";
export { type ClaimOutcome, parseRecord, type RunRecord } from "./record.ts";
export { type ClaimId, defineRoom, type Room } from "./room.ts";
export {
  type RunEvent,
  type RunOptions,
  type RunResult,
  runOwnInput,
  runRoom,
} from "./run-room.ts";
export { type Reason, reasons, type Verdict } from "./verdict.ts";
