import type { Array64 } from "./array64.ts";
import type { Primitives } from "./primitives.ts";

/** Losses that end in one number (an array without axes), with torch's defaults. */
export function losses(p: Primitives, logSoftmax: (x: Array64, axis: number) => Array64) {
  /** Root of the sum of squares of the differences, each with torch's 1e-6 added. */
  const distance = (a: Array64, b: Array64) =>
    p.sqrt(p.sum(p.square(p.add(p.sub(a, b), 1e-6)), -1));
  return {
    mseLoss: (x: Array64, target: Array64) => p.mean(p.square(p.sub(x, target))),
    /** Mean of -log softmax(x)[target] over rows x [rows, classes]; whole-numbered targets [rows]. */
    crossEntropyLoss: (x: Array64, target: Array64) =>
      p.neg(p.mean(p.gather(logSoftmax(x, 1), 1, p.unsqueeze(target, 1)))),
    /** Mean of max(0, 1 - x target), where the two broadcast. */
    hingeLoss: (x: Array64, target: Array64) => p.mean(p.relu(p.sub(1, p.mul(x, target)))),
    /** Mean of d^2/2 where |d| < delta, delta (|d| - delta/2) beyond. */
    huberLoss: (x: Array64, target: Array64, delta = 1) => {
      const d = p.abs(p.sub(x, target));
      const far = p.mul(p.sub(d, delta / 2), delta);
      return p.mean(p.where(p.less(d, delta), p.mul(p.square(d), 0.5), far));
    },
    /** Sum of target (log target - logInput) over the first axis' length; 0 log 0 = 0. */
    klDivLoss: (logInput: Array64, target: Array64) => {
      const positive = p.greater(target, 0);
      const log = p.log(p.where(positive, target, 1));
      const terms = p.mul(target, p.sub(log, logInput));
      return p.div(p.sum(terms), logInput.shape[0] as number);
    },
    /** Mean of 1 - cosine of the angle between rows; lengths count as at least 1e-8. */
    cosineSimilarityLoss: (x: Array64, target: Array64) => {
      const length = (v: Array64) => p.maximum(p.sqrt(p.sum(p.square(v), 1)), 1e-8);
      const cosine = p.div(p.sum(p.mul(x, target), 1), p.mul(length(x), length(target)));
      return p.mean(p.sub(1, cosine));
    },
    /** Mean of max(0, |anchor - positive| - |anchor - negative| + margin). */
    tripletMarginLoss: (anchor: Array64, positive: Array64, negative: Array64, margin = 1) =>
      p.mean(p.relu(p.add(p.sub(distance(anchor, positive), distance(anchor, negative)), margin))),
  };
}
