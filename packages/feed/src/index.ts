export * from "./feed-error.ts";
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
export * from "./trending/formulas.ts";
