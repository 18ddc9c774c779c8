import reference from "./reference.json" with { type: "json" };
import timing from "./scipy-timing.json" with { type: "json" };

/** A point of the accuracy table with its 60-digit logarithms, rounded to doubles. */
export interface Point {
  readonly v: number;
  readonly x: number;
  readonly logI: number;
  readonly logK: number;
}

export const points: readonly Point[] = reference.points.map(([v, x, logI, logK]) => ({
  v: v!,
  x: x!,
  logI: logI!,
  logK: logK!,
}));

/** kappa with I_{p/2}(kappa) / I_{p/2-1}(kappa) = rbar, from 30 digits. */
export const roots = reference.roots.map(([p, rbar, kappa]) => ({
  p: Number(p),
  rbar: Number(rbar),
  kappa: Number(kappa),
}));

const { version, command, v, x, iveFinite, kveFinite, likelihood } = reference.scipy;

/** What SciPy's scaled functions gave, as make-reference.py recorded it. */
export const scipy = {
  source: `SciPy ${version}: ${command}`,
  v: Float64Array.from(v),
  x: Float64Array.from(x),
  iveFinite: Array.from(iveFinite, (digit) => digit === "1"),
  kveFinite: Array.from(kveFinite, (digit) => digit === "1"),
  likelihood: likelihood.map(([p, kappa, finite]) => ({
    p: Number(p),
    kappa: Number(kappa),
    finite: finite === true,
  })),
};

/** How long SciPy took for a value, and the yardstick beside it, as time-scipy.py recorded it. */
export const scipyTiming = {
  source: `SciPy ${timing.scipy}: ${timing.command}`,
  yardstick: timing.yardstick,
  nanoseconds: timing.nanoseconds,
};
