import { domainError } from "@daily-kernel/compute";

const { PI, abs, cos, sin } = Math;

interface Change {
  map(x: number): number;
  derivative(x: number): number;
}

/**
 * Changes of variable that make a function on [0, 1] periodic: x = map(u), and its derivative, which
 * multiplies the integrand. The Baker transform keeps the measure as it is. Sources: Hickernell 2002
 * (baker), Korobov (C0, C1), Sidi 1993 (sine-power).
 */
const changes = {
  none: { map: (u) => u, derivative: () => 1 },
  baker: { map: (u) => 1 - 2 * abs(u - 0.5), derivative: () => 1 },
  C0: { map: (u) => u * u * (3 - 2 * u), derivative: (u) => 6 * u * (1 - u) },
  C1: {
    map: (u) => u * u * u * (10 + u * (6 * u - 15)),
    derivative: (u) => 30 * (u * (1 - u)) ** 2,
  },
  C1sin: {
    map: (u) => u - sin(2 * PI * u) / (2 * PI),
    derivative: (u) => 2 * sin(PI * u) ** 2,
  },
  C2sin: {
    map: (u) => (8 - 9 * cos(PI * u) + cos(3 * PI * u)) / 16,
    derivative: (u) => (3 * PI * (3 * sin(PI * u) - sin(3 * PI * u))) / 16,
  },
  C3sin: {
    map: (u) => (12 * PI * u - 8 * sin(2 * PI * u) + sin(4 * PI * u)) / (12 * PI),
    derivative: (u) => (8 / 3) * sin(PI * u) ** 4,
  },
} satisfies Record<string, Change>;

/** The name of a change of variable. */
export type Periodization = keyof typeof changes;

/** `name` if there is such a change of variable. Throws `ERR_DOMAIN` otherwise. */
export function checkPeriodization(where: string, name: Periodization): Periodization {
  if (typeof name !== "string" || !Object.hasOwn(changes, name)) {
    const known = Object.keys(changes).join(", ");
    throw domainError(`${where}: periodization must be one of ${known}, got ${String(name)}`);
  }
  return name;
}

const LARGEST = 1 - Number.EPSILON;

/**
 * n rows u of d numbers in [0, 1) under a change of variable: the rows x and one weight a row, the
 * product of the derivatives. The smooth changes flatten near 0 and 1, so x is kept within
 * [2^-52, 1 - 2^-52] there: a quantile function stays finite.
 *
 * @throws RangeError `ERR_DOMAIN` for an unknown name.
 */
export function periodize(
  name: Periodization,
  u: Float64Array,
  n: number,
  d: number,
): { x: Float64Array; weights: Float64Array } {
  checkPeriodization("periodization", name);
  const weights = new Float64Array(n).fill(1);
  if (name === "none") return { x: u, weights };
  const { map, derivative }: Change = changes[name];
  const smooth = name !== "baker";
  const x = new Float64Array(n * d);
  for (let i = 0, k = 0; i < n; i++) {
    let weight = 1;
    for (let j = 0; j < d; j++, k++) {
      const value = map(u[k]!);
      x[k] = smooth ? Math.min(Math.max(value, Number.EPSILON), LARGEST) : value;
      weight *= derivative(u[k]!);
    }
    weights[i] = weight;
  }
  return { x, weights };
}
