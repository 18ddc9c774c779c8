import {
  fitAlternating,
  fitBalanced,
  fitDoublyRobust,
  fitMatrixFactorization,
} from "@daily-kernel/recommend";
import type { Learners } from "./methods.ts";

/** The library's trainings. */
export const learners: Learners = {
  plain: fitMatrixFactorization,
  doublyRobust: fitDoublyRobust,
  balanced: fitBalanced,
  alternating: fitAlternating,
};
