/**
 * Named wrong implementations: the tests put them in the place of ours and see a claim fail.
 */

import {
  kdeRegimes,
  leaveOneOut,
  NearEdge,
  type NearEdgeOptions,
  scottBandwidth,
} from "@daily-kernel/density";
import type { Choose } from "./digits.ts";
import { type LogDensity, logDensity } from "./direct.ts";

/** A kernel exp(-|u|^2) in the place of exp(-|u|^2 / 2), normalised as the latter. */
export const withoutHalf: LogDensity = (data, bandwidth, x) => {
  const d = data.cols;
  return logDensity(data, bandwidth / Math.SQRT2, x).map((log) => log - (d / 2) * Math.LN2);
};

/** A bandwidth three times too large: every estimate is an average over many points. */
export const oversmoothed: LogDensity = (data, bandwidth, x) => logDensity(data, 3 * bandwidth, x);

/** Thresholds for a query at the centre of the data, where nobody's query is in high dimension. */
export const atCentre: typeof kdeRegimes = (options) =>
  kdeRegimes({ ...options, query: new Float64Array(options.d) });

/** What fits in memory, under the name of any size: e^10 points in 20 dimensions. */
export const toySize = (_: NearEdgeOptions) => new NearEdge({ d: 20, logN: 10 });

/** The near points at their mean places, the same in every data set but for the last digits. */
export function evenSpacing(options: NearEdgeOptions) {
  const edge = new NearEdge(options);
  const even = Float64Array.from({ length: edge.points }, (_, k) =>
    edge.law.quantileLog(Math.log(k + 0.5) - edge.logN),
  );
  return {
    draw: (rng: Parameters<NearEdge["draw"]>[0]) => {
      const scale = 1 + 1e-3 * rng.normal();
      return even.map((q) => q * scale);
    },
    estimate: edge.estimate.bind(edge),
    expected: edge.expected.bind(edge),
  };
}

/** A likelihood of points that count themselves. */
export const withItself: Choose = async (data, bandwidths, options) => {
  const found = await leaveOneOut(data, bandwidths, options);
  const n = data.rows;
  const self = (h: number) => -Math.log(n) - (data.cols / 2) * Math.log(2 * Math.PI * h * h);
  return {
    ...found,
    logLikelihood: found.logLikelihood.map((log, k) => {
      const own = self(bandwidths[k]!);
      const top = Math.max(log, own);
      return top + Math.log(Math.exp(log - top) + Math.exp(own - top));
    }),
  };
};

/** The bandwidth of Scott's rule, half as much again, under the name of the best likelihood. */
export const byRuleOfThumb: Choose = async (data, bandwidths, options) => {
  const found = await leaveOneOut(data, bandwidths, options);
  const rule = 1.5 * scottBandwidth(data);
  return { ...found, logLikelihood: bandwidths.map((h) => -Math.abs(Math.log(h / rule))) };
};
