import type { Matrix } from "@daily-kernel/compute";

/** A complex matrix as rows of [real, imaginary] pairs: slow and plain, to compare with. */
type Dense = (readonly [number, number])[][];

const product = (a: Dense, b: Dense): Dense =>
  a.map((row) =>
    b[0]!.map((_, j) =>
      row.reduce<[number, number]>(
        ([re, im], [x, y], k) => {
          const [u, v] = b[k]![j]!;
          return [re + x * u - y * v, im + x * v + y * u];
        },
        [0, 0],
      ),
    ),
  );

const kronecker = (a: Dense, b: Dense): Dense =>
  a.flatMap((row) =>
    b.map((other) =>
      row.flatMap(([x, y]) => other.map(([u, v]) => [x * u - y * v, x * v + y * u] as const)),
    ),
  );

const real = (rows: number[][]): Dense =>
  rows.map((row) => row.map((value) => [value, 0] as const));
const identity = real([
  [1, 0],
  [0, 1],
]);
const z = real([
  [1, 0],
  [0, -1],
]);
const hadamard = real([
  [Math.SQRT1_2, Math.SQRT1_2],
  [Math.SQRT1_2, -Math.SQRT1_2],
]);
const all = (n: number, of: (qubit: number) => Dense): Dense =>
  Array.from({ length: n }, (_, q) => of(q)).reduce(kronecker, real([[1]]));

/** exp(i phi P) = cos(phi) + i sin(phi) P of a product P of Z on some qubits. */
function evolution(n: number, on: readonly number[], phi: number): Dense {
  const word = all(n, (q) => (on.includes(q) ? z : identity));
  return word.map((row, i) =>
    row.map(([value], j) => [i === j ? Math.cos(phi) : 0, Math.sin(phi) * value] as const),
  );
}

/** The state U H U H |0> of a point by products of 2^n x 2^n matrices. */
function denseState(x: ArrayLike<number>): Dense {
  const n = x.length;
  let u = all(n, () => identity);
  for (let j = 0; j < n; j++) {
    u = product(evolution(n, [j], x[j]!), u);
    for (let i = 0; i < j; i++) {
      u = product(evolution(n, [i, j], (Math.PI - x[i]!) * (Math.PI - x[j]!)), u);
    }
  }
  const layer = product(
    u,
    all(n, () => hadamard),
  );
  return product(layer, layer).map((row) => [row[0]!]);
}

/** The largest difference of a Gram matrix of the rows of x from that of dense states. */
export async function denseError(
  gram: Matrix,
  x: Matrix,
  breathe: () => Promise<void>,
): Promise<number> {
  const states: (readonly [number, number])[][] = [];
  for (let i = 0; i < x.rows; i++) {
    const state = denseState(x.data.subarray(i * x.cols, (i + 1) * x.cols));
    states.push(state.map(([amplitude]) => amplitude!));
    await breathe();
  }
  let worst = 0;
  for (const [i, a] of states.entries()) {
    for (const [j, b] of states.entries()) {
      let [re, im] = [0, 0];
      for (const [k, [u, v]] of a.entries()) {
        const [p, q] = b[k]!;
        re += u * p + v * q;
        im += u * q - v * p;
      }
      worst = Math.max(worst, Math.abs(re * re + im * im - gram.data[i * x.rows + j]!));
    }
  }
  return worst;
}
