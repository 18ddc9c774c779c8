import type { Point } from "../attempt.ts";
import { each, kernel, vectors } from "./cpp-text.ts";
import type { TemplateSpace } from "./space.ts";
import { vectorExp } from "./vector-exp.ts";

/**
 * Softmax of rows: three passes (largest, exponentials and their sum, scale), or two with the
 * exponential taken twice (Milakov and Gimelshein 2018); exp of the library, or a polynomial.
 */
export const softmaxSpace: TemplateSpace = {
  task: "softmax",
  language: "cpp",
  parameters: {
    passes: ["three", "online"],
    exp: ["library", "degree 4", "degree 5", "degree 6", "degree 7"],
    width: [1, 4, 8, 16],
    unroll: [1, 2, 4],
  },
  start: { passes: "three", exp: "library", width: 1, unroll: 1 },
  valid: ({ width, exp, unroll, passes }) =>
    width === 1 ? exp === "library" && unroll === 1 : exp !== "library" && passes === "three",
  render: (point) => ({ source: source(point) }),
  moves: {
    "fuse passes": [{ passes: { to: "online" } }],
    "replace the library call": [
      {
        passes: { to: "three" },
        exp: { to: "degree 6" },
        width: { to: 16 },
      },
      { exp: -1 },
    ],
    "use vectors": [
      {
        passes: { to: "three" },
        exp: { to: "degree 6" },
        width: { to: 16 },
      },
    ],
    "widen vectors": [{ width: 1 }],
    unroll: [{ unroll: 1 }],
    "unroll less": [{ unroll: -1 }],
  },
};

const perRow = (row: string) => `  const long rows = dims[0], n = dims[1];
  for (long r = 0; r < rows; r++) {
    const float* x = (const float*)in[0] + r * n;
    float* y = (float*)out[0] + r * n;
${row}
  }`;

const plain: Readonly<Record<string, string>> = {
  three: `    float m = x[0], sum = 0;
    for (long i = 1; i < n; i++) m = x[i] > m ? x[i] : m;
    for (long i = 0; i < n; i++) sum += y[i] = expf(x[i] - m);
    for (long i = 0; i < n; i++) y[i] /= sum;`,
  online: `    float m = x[0], sum = 0;
    for (long i = 0; i < n; i++) {
      const float next = x[i] > m ? x[i] : m;
      sum = sum * expf(m - next) + expf(x[i] - next);
      m = next;
    }
    for (long i = 0; i < n; i++) y[i] = expf(x[i] - m) / sum;`,
};

function source(point: Point): string {
  const { passes, exp, width: lanes, unroll: times } = point;
  if (lanes === 1) return `#include <math.h>\n${kernel(perRow(plain[passes!]!))}`;
  const width = Number(lanes);
  const unroll = Number(times);
  const degree = Number(String(exp).split(" ")[1]);
  const step = width * unroll;
  const loop = (whole: (k: number) => string, one: string) => `    i = 0;
    for (; i + ${step} <= n; i += ${step}) {
${each(unroll, (k) => `      ${whole(k)}`)}
    }
    for (; i + ${width} <= n; i += ${width}) { ${whole(0)} }
    if (i < n) { ${one} }`;
  const at = (k: number) => `i + ${k * width}`;
  const chains = (k: number) => Array.from({ length: unroll - 1 }, (_, i) => `${"ms"[k]}${i + 1}`);
  return `${vectors(width)}#include <math.h>
${vectorExp(degree)}
${kernel(
  perRow(`    long i;
${each(unroll, (k) => `    v m${k} = -INFINITY - v{}, s${k} = v{};`)}
${loop((k) => `m${k} = larger(m${k}, load(x + ${at(k)}));`, "m0 = larger(m0, some(x + i, n - i, -INFINITY));")}
${chains(0)
  .map((m) => `    m0 = larger(m0, ${m});`)
  .join("\n")}
    const v m = largest(m0) - v{};
${loop(
  (k) => `{ const v e = vexp(load(x + ${at(k)}) - m); s${k} += e; store(y + ${at(k)}, e); }`,
  "const v e = vexp(some(x + i, n - i, -INFINITY) - m); s0 += e; memcpy(y + i, &e, (n - i) * sizeof(float));",
)}
${chains(1)
  .map((s) => `    s0 += ${s};`)
  .join("\n")}
    const v f = 1.0f / total(s0) - v{};
${loop((k) => `store(y + ${at(k)}, load(y + ${at(k)}) * f);`, "for (; i < n; i++) y[i] *= f[0];")}`),
)}`;
}
