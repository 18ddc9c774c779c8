import type { Point } from "../attempt.ts";
import { each, kernel, vectors } from "./cpp-text.ts";
import type { Shift, TemplateSpace } from "./space.ts";

/** What pays most together. */
const bold: Shift = { passes: { to: "fused" }, width: { to: 8 }, factor: { to: "multiply" } };

/**
 * Three Jacobi sweeps: every point asked whether it lies on the boundary, rows without the question,
 * or all sweeps in one passage over the planes, each sweep one plane behind the one before it, so that
 * what lies between them never leaves the cache (Wonnacott 2000 calls it time skewing).
 */
export const stencilSpace: TemplateSpace = {
  task: "hpc/jacobi3d",
  language: "cpp",
  parameters: {
    passes: ["points", "rows", "fused"],
    width: [1, 4, 8, 16],
    unroll: [1, 2, 4],
    factor: ["divide", "multiply"],
  },
  start: { passes: "points", width: 1, unroll: 1, factor: "divide" },
  valid: ({ passes, width, unroll, factor }) =>
    width === 1
      ? unroll === 1 && (passes !== "points" || factor === "divide")
      : passes !== "points",
  render: (point) => ({ source: source(point) }),
  moves: {
    "fuse passes": [{ passes: { to: "fused" } }],
    "use vectors": [bold],
    "widen vectors": [{ width: 1 }],
    "stream stores": [{ passes: { to: "fused" } }, bold],
    "block for the cache": [{ passes: { to: "fused" } }, bold],
    prefetch: [bold, { unroll: 1 }],
    unroll: [bold, { unroll: 1 }, { width: -1 }],
    "unroll less": [{ unroll: -1 }],
  },
};

const sizes = `  const long nx = dims[0], ny = dims[1], nz = dims[2], page = ny * nz;
  const float* u = (const float*)in[0];
  float* v = (float*)out[0];`;

/** Two copies of the grid and the question at every point: what is written first. */
const plain = `#include <algorithm>
#include <vector>
${kernel(`${sizes}
  std::vector<float> from(u, u + nx * page), to(u, u + nx * page);
  for (int sweep = 0; sweep < 3; sweep++) {
    for (long i = 0; i < nx; i++)
      for (long j = 0; j < ny; j++)
        for (long k = 0; k < nz; k++) {
          const long at = i * page + j * nz + k;
          const bool edge = i == 0 || j == 0 || k == 0 || i + 1 == nx || j + 1 == ny || k + 1 == nz;
          to[at] = edge ? from[at]
                        : (from[at - page] + from[at + page] + from[at - nz] + from[at + nz] + from[at - 1] + from[at + 1]) / 6;
        }
    std::swap(from, to);
  }
  std::copy(from.begin(), from.end(), v);`)}`;

/** One plane of one sweep of its three planes before; its edges are those of the middle one. */
function planeText({ width: lanes, unroll: times, factor }: Point): string {
  const [width, unroll] = [Number(lanes), Number(times)];
  const scaled = factor === "multiply" ? "* (1.0f / 6.0f)" : "/ 6.0f";
  const one = `r[k] = (a[k] + c[k] + b[k - nz] + b[k + nz] + b[k - 1] + b[k + 1]) ${scaled};`;
  const at = (p: string, k: string) => `load(${p} + ${k})`;
  const many = (k: string) =>
    `store(r + ${k}, (${at("a", k)} + ${at("c", k)} + ${at("b", `${k} - nz`)} + ${at("b", `${k} + nz`)} + ${at("b", `${k} - 1`)} + ${at("b", `${k} + 1`)}) ${scaled});`;
  const loops =
    width === 1
      ? ""
      : `for (; k + ${width * unroll} < nz; k += ${width * unroll}) {
${each(unroll, (n) => `      ${many(`k + ${n * width}`)}`)}
    }
    ${unroll > 1 ? `for (; k + ${width} < nz; k += ${width}) ${many("k")}` : ""}`;
  return `static void plane(const float* before, const float* middle, const float* behind, float* to, long ny, long nz) {
  memcpy(to, middle, nz * sizeof(float));
  memcpy(to + (ny - 1) * nz, middle + (ny - 1) * nz, nz * sizeof(float));
  for (long j = 1; j + 1 < ny; j++) {
    const float *a = before + j * nz, *b = middle + j * nz, *c = behind + j * nz;
    float* __restrict r = to + j * nz;
    r[0] = b[0];
    r[nz - 1] = b[nz - 1];
    long k = 1;
    ${loops}
    for (; k + 1 < nz; k++) ${one}
  }
}
`;
}

/** What both forms below begin with: without an interior the result is the input. */
const flat = `  if (nx < 3 || ny < 3 || nz < 3) {
    memcpy(v, u, nx * page * sizeof(float));
    return 0;
  }
  memcpy(v, u, page * sizeof(float));
  memcpy(v + (nx - 1) * page, u + (nx - 1) * page, page * sizeof(float));`;

const inRows = `${flat}
  float* w;
  if (posix_memalign((void**)&w, 64, nx * page * sizeof(float))) return 1;
  memcpy(w, v, page * sizeof(float));
  memcpy(w + (nx - 1) * page, v + (nx - 1) * page, page * sizeof(float));
  const float* from[3] = {u, v, w};
  float* to[3] = {v, w, v};
  for (int sweep = 0; sweep < 3; sweep++)
    for (long i = 1; i + 1 < nx; i++) {
      const float* p = from[sweep] + i * page;
      plane(p - page, p, p + page, to[sweep] + i * page, ny, nz);
    }
  free(w);`;

const inOnePassage = `${flat}
  float* ring;
  if (posix_memalign((void**)&ring, 64, 6 * page * sizeof(float))) return 1;
  const auto first = [&](long i) { return ring + i % 3 * page; };
  const auto second = [&](long i) { return ring + (3 + i % 3) * page; };
  const auto once = [&](long i) { return i == 0 || i + 1 == nx ? u + i * page : first(i); };
  const auto twice = [&](long i) { return i == 0 || i + 1 == nx ? u + i * page : second(i); };
  const auto inside = [&](long i) { return i > 0 && i + 1 < nx; };
  for (long i = 1; i <= nx; i++) {
    if (inside(i)) plane(u + (i - 1) * page, u + i * page, u + (i + 1) * page, first(i), ny, nz);
    if (inside(i - 1)) plane(once(i - 2), once(i - 1), once(i), second(i - 1), ny, nz);
    if (inside(i - 2)) plane(twice(i - 3), twice(i - 2), twice(i - 1), v + (i - 2) * page, ny, nz);
  }
  free(ring);`;

function source(point: Point): string {
  if (point.passes === "points") return plain;
  const width = Number(point.width);
  return `${width > 1 ? vectors(width) : "#include <string.h>\n"}#include <stdlib.h>
${planeText(point)}${kernel(`${sizes}\n${point.passes === "fused" ? inOnePassage : inRows}`)}`;
}
