import type { Point } from "../attempt.ts";
import type { TemplateSpace } from "./space.ts";
import { bindings, gridOf, piecewise } from "./wgsl-text.ts";

/**
 * Three Jacobi sweeps in one dispatch. Either every point asks its neighbours for their values after
 * two sweeps, and they theirs; or points that are three away from every edge add up the 44 places that
 * three steps between neighbours lead to, by the number of ways there. `along` points in a row are
 * computed together.
 */
export const wgslStencilSpace: TemplateSpace = {
  task: "hpc/jacobi3d",
  language: "wgsl",
  parameters: { form: ["nested", "expanded"], along: [1, 4, 16] },
  start: { form: "nested", along: 1 },
  valid: () => true,
  render: (point) => ({ source: source(point), grid: gridOf(Number(point.along)) }),
  moves: {
    "fuse passes": [{ form: { to: "expanded" } }],
    "use vectors": [{ form: { to: "expanded" }, along: { to: 4 } }],
    "block for the cache": [{ form: { to: "expanded" } }, { along: 1 }],
    "stream stores": [{ form: { to: "expanded" } }, { along: 1 }],
    prefetch: [{ form: { to: "expanded" } }, { along: 1 }],
    unroll: [{ form: { to: "expanded" } }, { along: 1 }],
    "unroll less": [{ along: -1 }],
  },
};

type Step = readonly [number, number, number];

/** Where three steps lead, by the number of ways: 15, 6, 3, 1. */
export function waysOfThreeSteps(): ReadonlyMap<number, readonly Step[]> {
  const steps: Step[] = [0, 1, 2].flatMap((axis) =>
    [-1, 1].map((by) => [0, 1, 2].map((a) => (a === axis ? by : 0)) as unknown as Step),
  );
  const ways = new Map<string, number>();
  for (const a of steps)
    for (const b of steps)
      for (const c of steps) {
        const key = a.map((x, axis) => x + b[axis]! + c[axis]!).join();
        ways.set(key, (ways.get(key) ?? 0) + 1);
      }
  return Map.groupBy(
    [...ways.keys()].map((key) => key.split(",").map(Number) as unknown as Step),
    (place) => ways.get(place.join())!,
  );
}

const offset = ([i, j, k]: Step): string => {
  const part = (by: number, what: string) =>
    by === 0 ? "" : ` ${by < 0 ? "-" : "+"} ${Math.abs(by)} * ${what}`;
  return `u[at${part(i, "page")}${part(j, "row")}${part(k, "1")}]`;
};

const sum = (places: readonly Step[]) => places.map(offset).join(" + ");

const expanded = () =>
  [...waysOfThreeSteps()]
    .map(([ways, places]) => `${ways}.0 * (${sum(places)})`)
    .join("\n      + ");

const nested = `fn inside(at: i32) -> bool {
  let page = i32(dims.y * dims.z);
  let i = at / page;
  let j = at / i32(dims.z) % i32(dims.y);
  let k = at % i32(dims.z);
  return i > 0 && j > 0 && k > 0 && i + 1 < i32(dims.x) && j + 1 < i32(dims.y) && k + 1 < i32(dims.z);
}
fn neighbour(at: i32, d: u32) -> i32 {
  let by = select(select(i32(dims.y * dims.z), i32(dims.z), d > 1), 1, d > 3);
  return select(at - by, at + by, d % 2 == 0);
}
fn start(at: i32) -> f32 { return u[at]; }
${["start", "once", "twice"]
  .map((before, sweep) => {
    const name = ["once", "twice", "thrice"][sweep]!;
    return `fn ${name}(at: i32) -> f32 {
  if (!inside(at)) { return u[at]; }
  var s = 0.0;
  for (var d = 0u; d < 6; d++) { s += ${before}(neighbour(at, d)); }
  return s / 6;
}
`;
  })
  .join("")}`;

function source({ form, along }: Point): string {
  const count = Number(along);
  const value = form === "nested" ? "thrice(i32(at))" : "deep(i32(at))";
  const deep = `fn deep(at: i32) -> f32 {
  let page = i32(dims.y * dims.z);
  let row = i32(dims.z);
  let i = at / page;
  let j = at / row % i32(dims.y);
  let k = at % row;
  let near = min(min(min(i, i32(dims.x) - 1 - i), min(j, i32(dims.y) - 1 - j)), min(k, row - 1 - k));
  if (near < 3) { return thrice(at); }
  return (${expanded()}) / 216.0;
}
`;
  return `${bindings(["u"], "v")}${nested}${form === "nested" ? "" : deep}${piecewise(
    `(dims.x * dims.y * dims.z + ${count - 1}) / ${count}`,
    `    for (var at = t * ${count}; at < min((t + 1) * ${count}, dims.x * dims.y * dims.z); at++) { v[at] = ${value}; }`,
  )}`;
}
