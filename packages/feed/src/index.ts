export {
  dayInWords,
  kinds,
  neighbours,
  type Period,
  parsePeriod,
  periodOf,
  within,
} from "./period/period.ts";
