import type { Point } from "../attempt.ts";
import { each, kernel, threadFlags, vectors } from "./cpp-text.ts";
import type { TemplateSpace } from "./space.ts";

interface Options {
  /** Thread counts to choose from ([1]). */
  readonly threads?: readonly number[];
  /** Registers of the widest vectors (32, as AVX-512 has): what a tile must fit in. */
  readonly registers?: number;
  /** The task whose product this is (matmul). */
  readonly task?: string;
  /** Operands that are given transposed: a as [K, M], b as [N, K]. */
  readonly transposed?: Transposed;
}

interface Transposed {
  readonly a?: boolean;
  readonly b?: boolean;
}

/**
 * Matrix products: three plain loop orders, and a register tile of mr x nv vectors over blocks of K,
 * with the second operand as it is or packed into panels (Goto and van de Geijn 2008). Operands may be
 * given transposed: the tile reads the first one along its columns then, and packing turns the second.
 */
export function matmulSpace(options: Options = {}): TemplateSpace {
  const { threads = [1], registers = 32, task = "matmul", transposed = {} } = options;
  return {
    task,
    language: "cpp",
    parameters: {
      order: ["ijk", "ikj", "tile"],
      width: [4, 8, 16],
      mr: [1, 2, 4, 6, 8, 12],
      nv: [1, 2, 3, 4],
      kb: [64, 128, 256, 512, 4096],
      pack: ["no", "b"],
      unroll: [1, 2, 4],
      threads,
    },
    start: {
      order: "ijk",
      width: 4,
      mr: 1,
      nv: 1,
      kb: 4096,
      pack: "no",
      unroll: 1,
      threads: 1,
    },
    valid: ({ order, mr, nv, width, kb, pack, unroll, threads: used }) =>
      order === "tile"
        ? Number(mr) * Number(nv) + Number(nv) + 1 <= 1.25 * registers &&
          // The rows of a transposed b are no vectors: only its panels have any.
          (pack === "b" || !transposed.b)
        : // Plain loops have none of the other parameters: each stands once.
          width === 4 &&
          mr === 1 &&
          nv === 1 &&
          kb === 4096 &&
          pack === "no" &&
          unroll === 1 &&
          used === 1,
    render: (point) => ({
      source: source(point, transposed),
      flags: threadFlags(Number(point.threads)),
    }),
    moves: {
      "change the loop order": [{ order: { to: "ikj" } }],
      "use vectors": [
        {
          order: { to: "tile" },
          width: { to: 16 },
          mr: { to: 6 },
          nv: { to: 2 },
          kb: { to: 256 },
          ...(transposed.b && { pack: { to: "b" } }),
        },
      ],
      "widen vectors": [{ width: 1 }],
      "enlarge the register tile": [
        { mr: 1, nv: 1 },
        { nv: 1 },
        { mr: 1 },
        { nv: 1, mr: -1 },
        { mr: 1, nv: -1 },
      ],
      "shrink the register tile": [{ mr: -1 }, { nv: -1 }],
      "pack operands": [{ pack: { to: "b" } }],
      "block for the cache": [{ kb: -1 }, { kb: { to: 256 } }],
      "shrink the cache block": [{ kb: -1 }],
      unroll: [{ unroll: 1 }],
      "unroll less": [{ unroll: -1 }],
      "use more threads": [{ threads: 1 }],
    },
  };
}

/** Elements of the operands as they are given. */
const elementOfA = ({ a }: Transposed) => (a ? "A[k * M + i]" : "A[i * K + k]");
const elementOfB = ({ b }: Transposed) => (b ? "B[j * K + k]" : "B[k * N + j]");

const plainLoops: Readonly<Record<string, (given: Transposed) => string>> = {
  ijk: (given) => `  for (long i = 0; i < M; i++)
    for (long j = 0; j < N; j++) {
      float sum = 0;
      for (long k = 0; k < K; k++) sum += ${elementOfA(given)} * ${elementOfB(given)};
      C[i * N + j] = sum;
    }`,
  ikj: (given) => `  for (long i = 0; i < M; i++) {
    float* __restrict c = C + i * N;
    for (long j = 0; j < N; j++) c[j] = 0;
    for (long k = 0; k < K; k++) {
      const float a = ${elementOfA(given)};
${
  given.b
    ? "      for (long j = 0; j < N; j++) c[j] += a * B[j * K + k];"
    : `      const float* __restrict b = B + k * N;
      for (long j = 0; j < N; j++) c[j] += a * b[j];`
}
    }
  }`,
};

const operands = `  const float *A = (const float*)in[0], *B = (const float*)in[1];
  float* C = (float*)out[0];
  const long M = dims[0], N = dims[1], K = dims[2];`;

function source(point: Point, given: Transposed): string {
  if (point.order !== "tile") return kernel(`${operands}\n${plainLoops[point.order!]!(given)}`);
  const [width, mr, nv, kb, unroll, threads] = [
    point.width,
    point.mr,
    point.nv,
    point.kb,
    point.unroll,
    point.threads,
  ].map(Number) as [number, number, number, number, number, number];
  const nr = nv * width;
  const packed = point.pack === "b";
  const heights = mr > 1 ? [mr, 1] : [1];
  const narrow = !given.b && (nv > 1 || packed);
  const shapes = [{ nv, packed }, ...(narrow ? [{ nv: 1, packed: false }] : [])];
  // Columns that a tile covers, and those that a single vector does.
  const covered = `const long whole = N / ${nr} * ${nr}, last = ${given.b ? "whole" : `N / ${width} * ${width}`};`;
  const micro = shapes.flatMap((shape) =>
    heights.map((rows) =>
      microKernel({
        rows,
        width,
        unroll: rows === mr && shape === shapes[0] ? unroll : 1,
        turned: given.a === true,
        ...shape,
      }),
    ),
  );
  const call = (rows: number, wide: boolean) => {
    const name = tileName(rows, wide ? { nv, packed } : { nv: 1, packed: false });
    const b = wide && packed ? "P + j * kb" : "B + k0 * N + j, N";
    const a = given.a ? "A + k0 * M + i, M" : "A + i * K + k0, K";
    return `${name}(kb, ${a}, ${b}, C + i * N + j, N, k0 == 0);`;
  };
  const band = (rows: number) => `{
      for (long j = 0; j < whole; j += ${nr}) ${call(rows, true)}
      ${narrow ? `for (long j = whole; j < last; j += ${width}) ${call(rows, false)}` : ""}
    }`;
  return `${vectors(width)}#include <stdlib.h>
${threads > 1 ? "#include <thread>\n#include <vector>" : ""}
${micro.join("")}
// The columns that no vector covers.
static void rest(const float* A, const float* B, float* C, long M, long last, long N, long K) {
  for (long i = 0; i < M; i++)
    for (long j = last; j < N; j++) {
      float sum = 0;
      for (long k = 0; k < K; k++) sum += ${elementOfA(given)} * ${elementOfB(given)};
      C[i * N + j] = sum;
    }
}
static void rows(const float* A, const float* B, float* C, const float* P, long from, long to, long k0, long kb, long M, long N, long K) {
  ${covered}
  long i = from;
  for (; i + ${mr} <= to; i += ${mr}) ${band(mr)}
  ${mr > 1 ? `for (; i < to; i++) ${band(1)}` : ""}
}
${kernel(`${operands}
  ${covered}
  float* P = nullptr;
  ${packed ? `if (posix_memalign((void**)&P, 64, sizeof(float) * (${kb} * whole + 16))) return 1;` : ""}
  if (K == 0) memset(C, 0, sizeof(float) * M * N);
  for (long k0 = 0; k0 < K; k0 += ${kb}) {
    const long kb = K - k0 < ${kb} ? K - k0 : ${kb};
    ${
      packed
        ? `for (long j = 0; j < whole; j += ${nr})
      for (long k = 0; k < kb; k++) ${
        given.b
          ? `for (long c = 0; c < ${nr}; c++) P[j * kb + k * ${nr} + c] = B[(j + c) * K + k0 + k];`
          : `memcpy(P + j * kb + k * ${nr}, B + (k0 + k) * N + j, ${nr} * sizeof(float));`
      }`
        : ""
    }
    ${
      threads > 1
        ? `std::vector<std::thread> others;
    for (int t = 1; t < ${threads}; t++)
      others.emplace_back(rows, A, B, C, P, M * t / ${threads}, M * (t + 1) / ${threads}, k0, kb, M, N, K);
    rows(A, B, C, P, 0, M / ${threads}, k0, kb, M, N, K);
    for (auto& other : others) other.join();`
        : "rows(A, B, C, P, 0, M, k0, kb, M, N, K);"
    }
  }
  rest(A, B, C, M, last, N, K);
  free(P);`)}`;
}

interface Shape {
  readonly nv: number;
  /** Whether b is a panel of rows of the tile, or lies ldb apart. */
  readonly packed: boolean;
}

const tileName = (rows: number, { nv, packed }: Shape) =>
  `tile_${rows}_${nv}${packed ? "_packed" : ""}`;

interface Micro extends Shape {
  readonly rows: number;
  readonly width: number;
  readonly unroll: number;
  /** Whether a lies with its columns in rows. */
  readonly turned: boolean;
}

/** A tile of rows x nv vectors of C, held in registers over the products of one block of K. */
function microKernel({ rows, nv, width, unroll, packed, turned }: Micro): string {
  const across = (line: (j: number) => string) => each(nv, line);
  const down = (line: (i: number, j: number) => string) =>
    each(rows, (i) => across((j) => line(i, j)));
  const ldb = packed ? nv * width : "ldb";
  const pass = (at: string) => `    {
${across((j) => `      const v b${j} = load(b + (${at}) * ${ldb} + ${j * width});`)}
${each(rows, (i) => `      { const v x = a[${turned ? `(${at}) * lda + ${i}` : `${i} * lda + ${at}`}] - v{};\n${across((j) => `        c${i}_${j} += x * b${j};`)}\n      }`)}
    }`;
  return `static inline void ${tileName(rows, { nv, packed })}(long K, const float* a, long lda, const float* b,${packed ? "" : " long ldb,"} float* c, long ldc, bool first) {
${down((i, j) => `  v c${i}_${j} = v{};`)}
  if (!first) {
${down((i, j) => `    c${i}_${j} = load(c + ${i} * ldc + ${j * width});`)}
  }
  long k = 0;
  for (; k + ${unroll} <= K; k += ${unroll}) {
${each(unroll, (p) => pass(`k + ${p}`))}
  }
${unroll > 1 ? `  for (; k < K; k++) {\n${pass("k")}\n  }` : ""}
${down((i, j) => `  store(c + ${i} * ldc + ${j * width}, c${i}_${j});`)}
}
`;
}
