import type { Point } from "../attempt.ts";
import { each } from "./cpp-text.ts";
import type { TemplateSpace } from "./space.ts";
import { bindings, gridOf, piecewise } from "./wgsl-text.ts";
import type { Window } from "./window-space.ts";

/** The stencils of `windowSpace` in WGSL: plain loops, or a tile of outputs over an unrolled window. */
export function wgslWindowSpace(window: Window): TemplateSpace {
  return {
    task: window.task,
    language: "wgsl",
    parameters: { form: ["loops", "unrolled"], wide: [1, 2, 4, 8], tall: [1, 2, 4] },
    start: { form: "loops", wide: 1, tall: 1 },
    valid: ({ form, wide, tall }) =>
      form === "loops" ? wide === 1 && tall === 1 : Number(wide) * Number(tall) <= 16,
    render: (point) => ({
      source: source(window, point),
      grid: gridOf(Number(point.wide) * Number(point.tall)),
    }),
    moves: {
      "use vectors": [{ form: { to: "unrolled" }, wide: { to: 4 } }],
      "enlarge the register tile": [{ wide: 1 }, { tall: 1 }],
      "shrink the register tile": [{ wide: -1 }, { tall: -1 }],
      "block for the cache": [{ form: { to: "unrolled" }, wide: { to: 4 } }, { tall: 1 }],
      "stream stores": [{ form: { to: "unrolled" }, wide: { to: 4 } }, { tall: 1 }],
      prefetch: [{ form: { to: "unrolled" } }, { wide: 1 }, { tall: 1 }],
      unroll: [{ form: { to: "unrolled" }, wide: { to: 4 } }, { wide: 1 }, { tall: 1 }],
      "unroll less": [{ wide: -1 }],
    },
  };
}

function source({ rows, columns }: Window, point: Point): string {
  const [wide, tall] = [Number(point.wide), Number(point.tall)];
  const every = (line: (r: number, c: number) => string) =>
    each(tall, (r) => each(wide, (c) => line(r, c)));
  const places = `    let down = dims.z - ${rows - 1};
    let width = dims.w - ${columns - 1};
    let across = (width + ${wide - 1}) / ${wide};
    let bands = (down + ${tall - 1}) / ${tall};
    let plane = t / (across * bands);
    let i = t / across % bands * ${tall};
    let j = t % across * ${wide};
    let at = plane * dims.z * dims.w;
    let own = plane % dims.y * ${rows * columns};`;
  const looped = `    var s0_0 = 0.0;
    for (var a = 0u; a < ${rows}; a++) {
      for (var b = 0u; b < ${columns}; b++) { s0_0 += w[own + a * ${columns} + b] * x[at + (i + a) * dims.w + j + b]; }
    }`;
  // What lies past the plane is read at its edge; the outputs that see it are not written.
  const unrolled = `${each(rows, (a) => each(columns, (b) => `    let w${a}_${b} = w[own + ${a * columns + b}];`))}
${every((r, c) => `    var s${r}_${c} = 0.0;`)}
${each(rows + tall - 1, (a) => {
  const row = `    let row${a} = at + min(i + ${a}, dims.z - 1) * dims.w;`;
  const loads = each(columns + wide - 1, (b) => {
    const uses: string[] = [];
    for (let r = Math.max(0, a - rows + 1); r <= Math.min(a, tall - 1); r++)
      for (let c = Math.max(0, b - columns + 1); c <= Math.min(b, wide - 1); c++)
        uses.push(`s${r}_${c} += w${a - r}_${b - c} * x${a}_${b};`);
    return `    let x${a}_${b} = x[row${a} + min(j + ${b}, dims.w - 1)];
    ${uses.join(" ")}`;
  });
  return `${row}\n${loads}`;
})}`;
  return `${bindings(["x", "w"], "y")}${piecewise(
    `dims.x * dims.y * ((dims.z - ${rows - 1} + ${tall - 1}) / ${tall}) * ((dims.w - ${columns - 1} + ${wide - 1}) / ${wide})`,
    `${places}
${point.form === "loops" ? looped : unrolled}
${every((r, c) => `    if (i + ${r} < down && j + ${c} < width) { y[(plane * down + i + ${r}) * width + j + ${c}] = s${r}_${c}; }`)}`,
  )}`;
}
