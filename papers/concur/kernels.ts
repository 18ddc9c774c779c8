import { type Kind, type Schedule, schedules, slots } from "./space.ts";

/** What all kernels share: loops over tiles and over vectors, with and without what is left over. */
const shared = `#include <algorithm>
#include <cmath>
#include <cstring>
template <int T, int R, class F> static inline void tiles(long n, F f) {
  if (T == 1) { f(0L, n); return; }
  for (long lo = 0; R ? lo < n : lo + T <= n; lo += T) f(lo, R ? std::min(lo + T, n) : lo + T);
}
template <int V, int R, class F, class G> static inline void lanes(long lo, long hi, F vec, G one) {
  long x = lo;
  for (; x + V <= hi; x += V) vec(x);
  if (R) for (; x < hi; x++) one(x);
}
`;

/** Function templates over order O, tile T, lanes V and rest R, by kind. */
const bodies: Record<Kind, string> = {
  // O 0: dot products. O 1: rows of b times one element of a. O 2: V sums held in registers.
  matmul: `template <int O, int T, int V, int R>
static int run(const void* const* in, void* const* out, const long long* d) {
  const long M = d[0], N = d[1], K = d[2];
  const float *a = (const float*)in[0], *b = (const float*)in[1];
  float* c = (float*)out[0];
  std::memset(c, 0, sizeof(float) * M * N);
  tiles<T, R>(M, [&](long i0, long i1) { tiles<T, R>(K, [&](long k0, long k1) {
    tiles<T, R>(N, [&](long j0, long j1) {
      for (long i = i0; i < i1; i++) {
        if (O == 0) for (long j = j0; j < j1; j++) {
          float sum[V] = {}, rest = 0;
          lanes<V, R>(k0, k1,
            [&](long k) { for (int l = 0; l < V; l++) sum[l] += a[i * K + k + l] * b[(k + l) * N + j]; },
            [&](long k) { rest += a[i * K + k] * b[k * N + j]; });
          for (int l = 0; l < V; l++) rest += sum[l];
          c[i * N + j] += rest;
        }
        if (O == 1) for (long k = k0; k < k1; k++) {
          const float x = a[i * K + k];
          lanes<V, R>(j0, j1,
            [&](long j) { for (int l = 0; l < V; l++) c[i * N + j + l] += x * b[k * N + j + l]; },
            [&](long j) { c[i * N + j] += x * b[k * N + j]; });
        }
        if (O == 2) lanes<V, R>(j0, j1,
          [&](long j) {
            float sum[V] = {};
            for (long k = k0; k < k1; k++)
              for (int l = 0; l < V; l++) sum[l] += a[i * K + k] * b[k * N + j + l];
            for (int l = 0; l < V; l++) c[i * N + j + l] += sum[l];
          },
          [&](long j) { for (long k = k0; k < k1; k++) c[i * N + j] += a[i * K + k] * b[k * N + j]; });
      }
    }); }); });
  return 0;
}
`,
  // O 0: maximum, exponentials, division. O 1: one pass that rescales. O 2: no maximum, which overflows.
  softmax: `template <int O, int T, int V, int R>
static int run(const void* const* in, void* const* out, const long long* d) {
  const long rows = d[0], cols = d[1];
  const float* x = (const float*)in[0];
  float* y = (float*)out[0];
  auto row = [&](const float* x, float* y) {
    float most[V], sum[V] = {};
    for (int l = 0; l < V; l++) most[l] = O == 2 ? 0.0f : -INFINITY;
    float top = O == 2 ? 0.0f : -INFINITY, total = 0;
    if (O == 0) {
      lanes<V, R>(0, cols,
        [&](long j) { for (int l = 0; l < V; l++) most[l] = x[j + l] > most[l] ? x[j + l] : most[l]; },
        [&](long j) { top = x[j] > top ? x[j] : top; });
      for (int l = 0; l < V; l++) top = std::max(top, most[l]);
    }
    if (O == 1) {
      auto add = [](float v, float& m, float& s) {
        if (v <= m) s += std::exp(v - m);
        else { s = s * std::exp(m - v) + 1; m = v; }
      };
      lanes<V, R>(0, cols,
        [&](long j) { for (int l = 0; l < V; l++) add(x[j + l], most[l], sum[l]); },
        [&](long j) { add(x[j], top, total); });
      float all = top;
      for (int l = 0; l < V; l++) all = std::max(all, most[l]);
      total *= std::exp(top - all);
      for (int l = 0; l < V; l++) total += sum[l] * std::exp(most[l] - all);
      top = all;
      lanes<V, R>(0, cols,
        [&](long j) { for (int l = 0; l < V; l++) y[j + l] = std::exp(x[j + l] - top) / total; },
        [&](long j) { y[j] = std::exp(x[j] - top) / total; });
      return;
    }
    lanes<V, R>(0, cols,
      [&](long j) { for (int l = 0; l < V; l++) { y[j + l] = std::exp(x[j + l] - top); sum[l] += y[j + l]; } },
      [&](long j) { y[j] = std::exp(x[j] - top); total += y[j]; });
    for (int l = 0; l < V; l++) total += sum[l];
    const float scale = 1 / total;
    lanes<V, R>(0, cols,
      [&](long j) { for (int l = 0; l < V; l++) y[j + l] *= scale; },
      [&](long j) { y[j] *= scale; });
  };
  tiles<T, R>(rows, [&](long i0, long i1) {
    for (long i = i0; i < i1; i++) row(x + i * cols, y + i * cols);
  });
  return 0;
}
`,
  // O 0: along the rows of the input. O 1: along those of the output. O 2: by way of a small buffer.
  transpose: `template <int O, int T, int V, int R>
static int run(const void* const* in, void* const* out, const long long* d) {
  const long rows = d[0], cols = d[1];
  const float* x = (const float*)in[0];
  float* y = (float*)out[0];
  tiles<T, R>(rows, [&](long i0, long i1) { tiles<T, R>(cols, [&](long j0, long j1) {
    if (O == 0) for (long i = i0; i < i1; i++)
      lanes<V, R>(j0, j1,
        [&](long j) { for (int l = 0; l < V; l++) y[(j + l) * rows + i] = x[i * cols + j + l]; },
        [&](long j) { y[j * rows + i] = x[i * cols + j]; });
    if (O == 1 || (O == 2 && T == 1)) for (long j = j0; j < j1; j++)
      lanes<V, R>(i0, i1,
        [&](long i) { for (int l = 0; l < V; l++) y[j * rows + i + l] = x[(i + l) * cols + j]; },
        [&](long i) { y[j * rows + i] = x[i * cols + j]; });
    if (O == 2 && T > 1) {
      float held[T * T];
      for (long i = i0; i < i1; i++)
        lanes<V, R>(j0, j1,
          [&](long j) { for (int l = 0; l < V; l++) held[(j - j0 + l) * T + i - i0] = x[i * cols + j + l]; },
          [&](long j) { held[(j - j0) * T + i - i0] = x[i * cols + j]; });
      for (long j = j0; j < j1; j++)
        lanes<V, R>(i0, i1,
          [&](long i) { for (int l = 0; l < V; l++) y[j * rows + i + l] = held[(j - j0) * T + i - i0 + l]; },
          [&](long i) { y[j * rows + i] = held[(j - j0) * T + i - i0]; });
    }
  }); });
  return 0;
}
`,
  // The mean of an element and its four neighbours, zeros outside. O 0: along rows. O 1: along
  // columns. O 2: along rows, whose inner part asks for no boundary.
  stencil: `template <int O, int T, int V, int R>
static int run(const void* const* in, void* const* out, const long long* d) {
  const long rows = d[0], cols = d[1];
  const float* x = (const float*)in[0];
  float* y = (float*)out[0];
  auto at = [&](long i, long j) {
    return i >= 0 && i < rows && j >= 0 && j < cols ? x[i * cols + j] : 0.0f;
  };
  auto one = [&](long i, long j) {
    y[i * cols + j] = 0.2f * (x[i * cols + j] + at(i - 1, j) + at(i + 1, j) + at(i, j - 1) + at(i, j + 1));
  };
  auto inner = [&](long i, long j) {
    const float* p = x + i * cols + j;
    y[i * cols + j] = 0.2f * (p[0] + p[-cols] + p[cols] + p[-1] + p[1]);
  };
  tiles<T, R>(rows, [&](long i0, long i1) { tiles<T, R>(cols, [&](long j0, long j1) {
    if (O == 1) for (long j = j0; j < j1; j++)
      lanes<V, R>(i0, i1,
        [&](long i) { for (int l = 0; l < V; l++) one(i + l, j); },
        [&](long i) { one(i, j); });
    else for (long i = i0; i < i1; i++)
      lanes<V, R>(j0, j1,
        [&](long j) {
          if (O == 2 && i > 0 && i < rows - 1 && j > 0 && j + V < cols)
            for (int l = 0; l < V; l++) inner(i, j + l);
          else
            for (int l = 0; l < V; l++) one(i, j + l);
        },
        [&](long j) { one(i, j); });
  }); });
  return 0;
}
`,
};

const instance = (schedule: Schedule) =>
  `run<${schedule.map((place, s) => slots[s]!.values[place]).join(", ")}>`;

const signature =
  'extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* d)';

/** The C++ source of one schedule: what a candidate is. */
export const sourceOf = (kind: Kind, schedule: Schedule) =>
  `${shared}${bodies[kind]}${signature} { return ${instance(schedule)}(in, out, d); }\n`;

/** All schedules of a kind in one source, chosen by the last of its dims: one compilation for 96. */
export const allOf = (kind: Kind) =>
  `${shared}${bodies[kind]}using Run = int (*)(const void* const*, void* const*, const long long*);
static const Run all[] = {${schedules.map(instance).join(", ")}};
${signature} { return all[d[${kind === "matmul" ? 3 : 2}]](in, out, d); }\n`;
