export * from "./feed-error.ts";
export { emailAddress } from "./mail/email-address.ts";
export type { Mail, Mailer, RefusedBy } from "./mail/mail.ts";
export { MailRefused } from "./mail/mail.ts";
export type * from "./papers/paper-view.ts";
export {
  dayInWords,
  kinds,
  neighbours,
  type Period,
  parsePeriod,
  periodOf,
  within,
} from "./period/period.ts";
export { composeConfirmation } from "./subscriptions/confirmation-mail.ts";
export type { Preferences } from "./subscriptions/preferences.ts";
export { nextRun, type Schedule } from "./subscriptions/schedule.ts";
export { isZone } from "./subscriptions/zone.ts";
export * from "./trending/formulas.ts";
