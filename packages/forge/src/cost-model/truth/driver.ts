/** A function that the driver calls: its name and the types of its arguments. */
export interface Callee {
  readonly name: string;
  readonly types: readonly string[];
}

const elements = { f32: 4, f64: 8, i64: 8, i32: 4, i16: 2, i8: 1, i1: 1, index: 8 } as const;

/** Element type and number of elements of a static memref; null for anything else. */
export function bufferOf(type: string): { element: keyof typeof elements; count: number } | null {
  const found = /^memref<((?:\d+x)*)(\w+)>$/.exec(type);
  const element = found?.[2] as keyof typeof elements | undefined;
  if (!found || element === undefined || !(element in elements)) return null;
  const count = found[1]!
    .split("x")
    .slice(0, -1)
    .reduce((product, n) => product * Number(n), 1);
  return { element, count };
}

/**
 * A C program that calls every function. With an argument each is called once, for callgrind;
 * without, it prints the name of each and its nanoseconds a call: the best of many batches, since
 * what disturbs a batch only ever adds time. Denormals are flushed, so that values that shrink
 * from call to call do not slow it down.
 */
export function driverSource(callees: readonly Callee[]): string {
  const arity = (n: number) => Array.from({ length: n }, (_, i) => `b[${i}]`).join(", ");
  const sizes = callees.map(({ types }) => types.map((type) => bufferOf(type)!));
  const buffers = Math.max(1, ...sizes.map((of) => of.length));
  const bytes = Math.max(
    64,
    ...sizes.flat().map(({ element, count }) => elements[element] * count),
  );
  const fill = (k: number) =>
    sizes[k]!.map(({ element, count }, i) => {
      if (element === "f32") return `fill_f32(b[${i}], ${count}, ${i});`;
      if (element === "f64") return `fill_f64(b[${i}], ${count}, ${i});`;
      return `memset(b[${i}], 0, ${elements[element] * count});`;
    }).join(" ");
  return `#include <immintrin.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
static char pool[${buffers}][${Math.ceil((bytes + 4096) / 64) * 64}] __attribute__((aligned(64)));
static void fill_f32(void *p, long n, int s) { float *x = p; for (long i = 0; i < n; i++) x[i] = 0.75f + ((i * 37 + s * 11) % 64) / 128.0f; }
static void fill_f64(void *p, long n, int s) { double *x = p; for (long i = 0; i < n; i++) x[i] = 0.75 + ((i * 37 + s * 11) % 64) / 128.0; }
static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1e9 + t.tv_nsec; }
${callees.map(({ name, types }) => `void ${name}(${types.map(() => "void *").join(", ") || "void"});`).join("\n")}
static void call(int k, void **b) {
  switch (k) {
${callees.map(({ name, types }, k) => `    case ${k}: ${name}(${arity(types.length)}); break;`).join("\n")}
  }
}
static void prepare(int k, void **b) {
  switch (k) {
${callees.map((_, k) => `    case ${k}: ${fill(k)} break;`).join("\n")}
  }
}
static const char *names[] = {${callees.map(({ name }) => JSON.stringify(name)).join(", ")}};
int main(int argc, char **argv) {
  void *b[${buffers}];
  for (int i = 0; i < ${buffers}; i++) b[i] = pool[i];
  _mm_setcsr(_mm_getcsr() | 0x8040);
  for (int k = 0; k < ${callees.length}; k++) {
    prepare(k, b);
    call(k, b);
    if (argc > 1) continue;
    double begin = now();
    call(k, b);
    double once = now() - begin, best = 1e18;
    long repeats = once > 20000 ? 1 : (long)(20000 / (once + 1)) + 1;
    for (int batch = 0; batch < 150; batch++) {
      prepare(k, b);
      call(k, b);
      double start = now();
      for (long r = 0; r < repeats; r++) call(k, b);
      double each = (now() - start) / repeats;
      if (each < best) best = each;
    }
    printf("%s %.3f\\n", names[k], best);
  }
  return 0;
}
`;
}
