import type { Point } from "../attempt.ts";
import { each } from "./cpp-text.ts";
import type { TemplateSpace } from "./space.ts";
import { bindings, gridOf, piecewise } from "./wgsl-text.ts";

interface Options {
  readonly task: string;
  /** Operands that are given transposed: a as [K, M], b as [N, K]. */
  readonly transposed?: { readonly a?: boolean; readonly b?: boolean };
}

/** Matrix products in WGSL: one element of c an invocation, or a tile of them in registers. */
export function wgslProductSpace({ task, transposed = {} }: Options): TemplateSpace {
  const a = (i: string) => (transposed.a ? `a[k * dims.x + ${i}]` : `a[(${i}) * dims.z + k]`);
  const b = (j: string) => (transposed.b ? `b[(${j}) * dims.z + k]` : `b[k * dims.y + ${j}]`);
  return {
    task,
    language: "wgsl",
    parameters: { tall: [1, 2, 4, 8], wide: [1, 2, 4, 8] },
    start: { tall: 1, wide: 1 },
    valid: ({ tall, wide }) => Number(tall) * Number(wide) <= 16,
    render: (point) => render(point, a, b),
    moves: {
      "use vectors": [{ tall: { to: 4 }, wide: { to: 4 } }],
      "enlarge the register tile": [{ tall: 1, wide: 1 }, { wide: 1 }, { tall: 1 }],
      "shrink the register tile": [{ tall: -1 }, { wide: -1 }],
      "block for the cache": [{ tall: 1, wide: 1 }, { wide: 1 }, { tall: 1 }],
      prefetch: [{ wide: 1 }, { tall: 1 }],
      unroll: [{ tall: 1, wide: 1 }, { wide: 1 }, { tall: 1 }, { tall: 1, wide: -1 }],
      "unroll less": [{ wide: -1 }],
    },
  };
}

function render({ tall, wide }: Point, a: (i: string) => string, b: (j: string) => string) {
  const [rows, columns] = [Number(tall), Number(wide)];
  const down = (line: (i: number) => string) => each(rows, line);
  const across = (line: (j: number) => string) => each(columns, line);
  // Rows and columns past the end are read at the last one, and not written.
  const piece = `    let i = t / across * ${rows};
    let j = t % across * ${columns};
${down((r) => `    let i${r} = min(i + ${r}, dims.x - 1);`)}
${across((c) => `    let j${c} = min(j + ${c}, dims.y - 1);`)}
${down((r) => across((c) => `    var s${r}_${c} = 0.0;`))}
    for (var k = 0u; k < dims.z; k++) {
${across((c) => `      let b${c} = ${b(`j${c}`)};`)}
${down((r) => `      let a${r} = ${a(`i${r}`)};`)}
${down((r) => across((c) => `      s${r}_${c} += a${r} * b${c};`))}
    }
${down((r) => across((c) => `    if (i + ${r} < dims.x && j + ${c} < dims.y) { c[(i + ${r}) * dims.y + j + ${c}] = s${r}_${c}; }`))}`;
  return {
    source: `${bindings(["a", "b"], "c")}${piecewise(
      `(dims.x + ${rows - 1}) / ${rows} * ((dims.y + ${columns - 1}) / ${columns})`,
      `    let across = (dims.y + ${columns - 1}) / ${columns};\n${piece}`,
    )}`,
    grid: gridOf(rows * columns),
  };
}
