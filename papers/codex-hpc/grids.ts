import { type Csr, type conjugateGradient, laplacian5, laplacian7 } from "@daily-kernel/forge";

export type Solve = (
  a: Csr,
  b: Float64Array,
  options: { tolerance: number },
) => Pick<ReturnType<typeof conjugateGradient>, "iterations" | "relativeResidual">;

/** A right-hand side that every language makes alike. */
const rightHandSide = (n: number) =>
  Float64Array.from({ length: n }, (_, i) => ((i * 7919) % 1000) / 1000);

/**
 * Grids with the iterations that `scipy.sparse.linalg.cg(A, b, rtol=tol, atol=0)` of SciPy 1.17.1
 * takes, counted by its callback, for the same matrix and right-hand side.
 */
export const grids = [
  { sizes: [8, 8], tolerance: 1e-12, scipy: 31 },
  { sizes: [8, 8], tolerance: 1e-10, scipy: 29 },
  { sizes: [16, 16], tolerance: 1e-10, scipy: 56 },
  { sizes: [33, 21], tolerance: 1e-10, scipy: 106 },
  { sizes: [64, 64], tolerance: 1e-10, scipy: 217 },
  { sizes: [128, 128], tolerance: 1e-10, scipy: 401 },
  { sizes: [8, 8, 8], tolerance: 1e-10, scipy: 37 },
  { sizes: [13, 11, 7], tolerance: 1e-10, scipy: 53 },
  { sizes: [24, 24, 24], tolerance: 1e-10, scipy: 103 },
] as const;

/** Iterations on every grid, ours and SciPy's; a solution that is none counts as infinitely many. */
export function countIterations(solve: Solve, grid: (typeof grids)[number]) {
  const { sizes, tolerance, scipy } = grid;
  const [nx, ny, nz] = sizes as readonly [number, number, number?];
  const a = nz === undefined ? laplacian5(nx, ny) : laplacian7(nx, ny, nz);
  const { iterations, relativeResidual } = solve(a, rightHandSide(a.rows), { tolerance });
  const ours = relativeResidual <= tolerance ? iterations : 10 * a.rows;
  return { name: `${sizes.join(" x ")}, ${tolerance}`, unknowns: a.rows, ours, scipy };
}
