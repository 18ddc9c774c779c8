import type { MatrixF32 } from "@daily-kernel/compute";
import type { Control } from "@daily-kernel/reproduction";
import type { VonMisesFisher } from "@daily-kernel/special";
import { scipyLost } from "./fits.ts";
import type { Features } from "./images.ts";

/** The fit under test: from rows of norm 1. */
export type Fit = (x: MatrixF32, options?: { correctBias?: boolean }) => VonMisesFisher;

/** What became of a fit. */
export interface RealFit {
  readonly p: number;
  readonly kappa: number;
  /** Whether all is finite and |A_p(kappa) - Rbar| / Rbar at most 1e-8. */
  readonly succeeds: boolean;
}

/** Norm of the mean of the rows, each scaled to norm 1, in double precision. */
function meanLength({ data, rows, cols }: MatrixF32): number {
  const sum = new Float64Array(cols);
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * cols, (i + 1) * cols);
    let square = 0;
    for (const value of row) square += value * value;
    const scale = 1 / Math.sqrt(square);
    for (let j = 0; j < cols; j++) sum[j]! += row[j]! * scale;
  }
  return Math.sqrt(sum.reduce((total, value) => total + value * value, 0)) / rows;
}

/** Fits the rows, and looks at what came out. */
export function fitReal(x: MatrixF32, fit: Fit): RealFit {
  const vmf = fit(x);
  const rbar = meanLength(x);
  const logLikelihood = vmf.logPdf(x).reduce((sum, value) => sum + value, 0);
  const residual = Math.abs(vmf.meanResultantLength - rbar) / rbar;
  const succeeds = Number.isFinite(vmf.kappa) && Number.isFinite(logLikelihood) && residual <= 1e-8;
  return { p: x.cols, kappa: vmf.kappa, succeeds };
}

/** The digits 0 to 7 are known. */
const known = 8;

/**
 * One distribution for each of the digits 0 to 7, fitted to half of the images: mean log-density of
 * the other half's known digits, and how well it tells them from the digits 8 and 9, which it never
 * saw (area under the ROC curve).
 */
function unseenDigits({ sizes, labels }: Features, fit: Fit) {
  const x = sizes[0]!;
  const half = x.rows >> 1;
  const classes = Array.from({ length: known }, (_, digit) => {
    const train = Array.from({ length: half }, (_, i) => i).filter((i) => labels[i] === digit);
    const data = new Float32Array(train.length * x.cols);
    train.forEach((i, at) => {
      data.set(x.data.subarray(i * x.cols, (i + 1) * x.cols), at * x.cols);
    });
    return fit({ data, rows: train.length, cols: x.cols }, { correctBias: true });
  });
  const rest = { data: x.data.subarray(half * x.cols), rows: x.rows - half, cols: x.cols };
  const densities = classes.map((vmf) => vmf.logPdf(rest));
  const scores = Array.from({ length: rest.rows }, (_, i) => {
    const logs = densities.map((values) => values[i]! - Math.log(known));
    const top = Math.max(...logs);
    return top + Math.log(logs.reduce((sum, value) => sum + Math.exp(value - top), 0));
  });
  const seen = scores.filter((_, i) => labels[half + i]! < known);
  const unseen = scores.filter((_, i) => labels[half + i]! >= known);
  let wins = 0;
  for (const a of seen) for (const b of unseen) wins += a > b ? 1 : a === b ? 0.5 : 0;
  return {
    heldOut: seen.reduce((sum, value) => sum + value, 0) / seen.length,
    auroc: wins / (seen.length * unseen.length),
  };
}

/** What else the features and their fits show. */
export function controlsOf(fits: readonly RealFit[], features: Features, fit: Fit): Control[] {
  const { heldOut, auroc } = unseenDigits(features, fit);
  return [
    ...fits.map(({ p, kappa }) => ({ label: `fitted kappa, ${p} dimensions`, value: kappa })),
    {
      label: "dimensions in which SciPy's likelihood is lost at that kappa",
      value: fits.filter(({ p, kappa }) => scipyLost(p, kappa)).length,
    },
    {
      label: "held-out log-density an image, one vMF a digit 0 to 7, 2048 dimensions",
      value: heldOut,
    },
    { label: "AUROC of those digits against the unseen 8 and 9", value: auroc },
  ];
}
