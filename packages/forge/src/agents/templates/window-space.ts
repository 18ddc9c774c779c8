import type { Point } from "../attempt.ts";
import { each, kernel, vectors } from "./cpp-text.ts";
import type { Shift, TemplateSpace } from "./space.ts";

/** A two-dimensional stencil: each channel with weights of its own over windows of this many rows and columns. */
export interface Window {
  readonly task: string;
  readonly rows: number;
  readonly columns: number;
}

/** Vectors, and a vector that was loaded serves four rows. */
const bold: Shift = { width: { to: 8 }, tall: { to: 4 } };

/**
 * Stencils on planes, x [batch, channels, height, width], weight [channels, 1, rows, columns]: plain
 * loops, or the window unrolled over a tile of `tall` rows by `unroll` vectors of the output, in which
 * a loaded vector serves every row of the tile that sees it.
 */
export function windowSpace(window: Window): TemplateSpace {
  return {
    task: window.task,
    language: "cpp",
    parameters: { width: [1, 4, 8, 16], unroll: [1, 2, 4], tall: [1, 2, 4, 8] },
    start: { width: 1, unroll: 1, tall: 1 },
    valid: ({ width, unroll, tall }) =>
      width === 1 ? unroll === 1 && tall === 1 : Number(unroll) * Number(tall) <= 16,
    render: (point) => ({ source: source(window, point) }),
    moves: {
      "use vectors": [bold],
      "widen vectors": [{ width: 1 }],
      "enlarge the register tile": [bold, { tall: 1 }, { unroll: 1 }],
      "shrink the register tile": [{ tall: -1 }, { unroll: -1 }],
      "block for the cache": [bold, { tall: 1 }, { tall: -1 }],
      "stream stores": [bold, { tall: -1 }],
      prefetch: [bold, { width: -1 }, { unroll: 1 }],
      unroll: [bold, { unroll: 1 }, { tall: 1 }],
      "unroll less": [{ unroll: -1 }],
    },
  };
}

const sizes = ({ rows, columns }: Window) => `  const long height = dims[2], width = dims[3];
  const long down = height - ${rows - 1}, across = width - ${columns - 1};
  for (long plane = 0; plane < dims[0] * dims[1]; plane++) {
    const float* x = (const float*)in[0] + plane * height * width;
    const float* w = (const float*)in[1] + plane % dims[1] * ${rows * columns};
    float* y = (float*)out[0] + plane * down * across;`;

const plain = (window: Window) =>
  kernel(`${sizes(window)}
    for (long i = 0; i < down; i++)
      for (long j = 0; j < across; j++) {
        float s = 0;
        for (long a = 0; a < ${window.rows}; a++)
          for (long b = 0; b < ${window.columns}; b++) s += w[a * ${window.columns} + b] * x[(i + a) * width + j + b];
        y[i * across + j] = s;
      }
  }`);

/** A function for a band of `tall` rows of the output. */
function band({ rows, columns }: Window, tall: number, width: number, unroll: number): string {
  const tile = (vectorsWide: number) => `{
${each(tall, (r) => each(vectorsWide, (u) => `      v s${r}_${u} = v{};`))}
${each(rows + tall - 1, (a) =>
  each(columns, (b) =>
    each(vectorsWide, (u) => {
      const uses = Array.from({ length: tall }, (_, r) => r).filter(
        (r) => a - r >= 0 && a - r < rows,
      );
      const products = uses.map((r) => `s${r}_${u} += w[${(a - r) * columns + b}] * t;`).join(" ");
      return `      { const v t = load(x + ${a} * width + j + ${b + u * width}); ${products} }`;
    }),
  ),
)}
${each(tall, (r) => each(vectorsWide, (u) => `      store(y + ${r} * across + j + ${u * width}, s${r}_${u});`))}
    }`;
  return `static void band_${tall}(const float* x, const float* w, float* __restrict y, long width, long across) {
  long j = 0;
  for (; j + ${width * unroll} <= across; j += ${width * unroll}) ${tile(unroll)}
  ${unroll > 1 ? `for (; j + ${width} <= across; j += ${width}) ${tile(1)}` : ""}
  for (; j < across; j++)
    for (long i = 0; i < ${tall}; i++) {
      float s = 0;
      for (long a = 0; a < ${rows}; a++)
        for (long b = 0; b < ${columns}; b++) s += w[a * ${columns} + b] * x[(i + a) * width + j + b];
      y[i * across + j] = s;
    }
}
`;
}

function source(window: Window, point: Point): string {
  const [width, unroll, tall] = [point.width, point.unroll, point.tall].map(Number) as [
    number,
    number,
    number,
  ];
  if (width === 1) return plain(window);
  const call = (rows: number) => `band_${rows}(x + i * width, w, y + i * across, width, across);`;
  return `${vectors(width)}${band(window, tall, width, unroll)}${tall > 1 ? band(window, 1, width, unroll) : ""}${kernel(`${sizes(window)}
    long i = 0;
    for (; i + ${tall} <= down; i += ${tall}) ${call(tall)}
    ${tall > 1 ? `for (; i < down; i++) ${call(1)}` : ""}
  }`)}`;
}
