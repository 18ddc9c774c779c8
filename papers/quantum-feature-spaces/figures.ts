import type { Figure } from "@daily-kernel/reproduction";
import type { Concentration } from "./concentration.ts";
import type { Curves } from "./depth.ts";
import type { NoisePoint } from "./noise.ts";
import type { AdHoc } from "./sets.ts";

/** The training points of a set. */
export function setFigure({ train: { x, y } }: AdHoc): Figure {
  const part = (label: number) => {
    const rows = [...y.keys()].filter((i) => y[i] === label);
    const column = (j: number) => rows.map((i) => x.data[i * x.cols + j]!);
    return { mark: "dot" as const, x: column(0), y: column(1) };
  };
  const angle = { scale: "linear", domain: [0, 2 * Math.PI] } as const;
  return {
    id: "set",
    title: "Set I: twenty training points of each label",
    caption:
      "The labels follow a random observable of the quantum states of the points: no pattern that a kernel of distances could learn from forty points.",
    x: { label: "first angle", unit: "rad", ...angle },
    y: { label: "second angle", unit: "rad", ...angle },
    aspect: "square",
    series: [
      { label: "+1", ...part(1) },
      { label: "-1", ...part(-1) },
    ],
  };
}

/** A value a shot count for each set, and their means. */
export interface ShotCurve {
  readonly shots: readonly number[];
  readonly projected: readonly number[];
  readonly raw: readonly number[];
}

export const shotFigure = (curve: ShotCurve, exact: number, gaussian: number): Figure => ({
  id: "shots",
  title: "Test accuracy against shots per kernel entry",
  caption:
    "Means over the three sets. Estimated kernels are indefinite; projected to the nearest positive one they lose little even at few shots.",
  x: { label: "shots per entry", scale: "log" },
  y: { label: "test accuracy", unit: "%", scale: "linear" },
  series: [
    { label: "projected", mark: "line", x: curve.shots, y: curve.projected },
    { label: "as estimated", mark: "line", x: curve.shots, y: curve.raw },
    { label: "exact kernel", mark: "line", x: curve.shots, y: curve.shots.map(() => exact) },
    { label: "Gaussian kernel", mark: "line", x: curve.shots, y: curve.shots.map(() => gaussian) },
  ],
});

/** Mean accuracies by depth with two standard errors. */
export function depthFigure(curves: Curves, kernelMachine: number): Figure {
  const labels = Object.keys(curves) as (keyof Curves)[];
  const layers = curves[labels[0]!].map((depth) => depth.layers);
  return {
    id: "depth",
    title: "The variational classifier by depth",
    caption:
      "Means over three sets and several starts, with two standard errors. The kernel machine's level needs no training of a circuit.",
    x: { label: "layers", scale: "linear" },
    y: { label: "test accuracy", unit: "%", scale: "linear" },
    series: [
      ...labels.map((label) => {
        const means = curves[label].map(({ accuracies }) => meanAndError(accuracies.flat()));
        return {
          label,
          mark: "line" as const,
          x: layers,
          y: means.map(({ mean }) => mean),
          interval: means.map(({ mean, error }) => [mean - 2 * error, mean + 2 * error] as const),
        };
      }),
      { label: "kernel machine", mark: "line", x: layers, y: layers.map(() => kernelMachine) },
    ],
  };
}

/** The mean, and its standard error. */
function meanAndError(values: readonly number[]): { mean: number; error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / Math.max(1, values.length - 1) / values.length) };
}

export const noiseFigure = (points: readonly NoisePoint[]): Figure => ({
  id: "noise",
  title: "Errors of kernel entries under depolarising noise",
  caption:
    "Expected values, so without the noise of shots: extrapolation removes what is linear in the noise and leaves what is quadratic.",
  x: { label: "noise after a two-qubit gate", scale: "log" },
  y: { label: "root mean square error", scale: "log" },
  series: [
    {
      label: "as measured",
      mark: "line",
      x: points.map(({ level }) => level),
      y: points.map(({ raw }) => raw),
    },
    {
      label: "extrapolated from 1 and 1.5",
      mark: "line",
      x: points.map(({ level }) => level),
      y: points.map(({ extrapolated }) => extrapolated),
    },
  ],
});

export const concentrationFigure = (rows: readonly Concentration[], slope: number): Figure => ({
  id: "concentration",
  title: "Kernel entries concentrate",
  caption:
    "Entries of random points. Their spread falls below what a given number of shots can resolve: 1 / sqrt(shots) bounds what is worth measuring.",
  x: { label: "qubits", scale: "linear" },
  y: { label: "entry", scale: "log" },
  series: [
    {
      label: "mean",
      mark: "line",
      x: rows.map(({ qubits }) => qubits),
      y: rows.map(({ mean }) => mean),
    },
    {
      label: `standard deviation (variance: factor ${(2 ** slope).toPrecision(2)} a qubit)`,
      mark: "line",
      x: rows.map(({ qubits }) => qubits),
      y: rows.map(({ variance }) => Math.sqrt(Math.max(variance, Number.MIN_VALUE))),
    },
  ],
});
