import type { Point } from "../attempt.ts";
import { each, kernel, streamStore, threadFlags, vectors } from "./cpp-text.ts";
import type { TemplateSpace } from "./space.ts";

/** A function of the elements at one place of some arrays. */
export interface Elementwise {
  readonly task: string;
  /** Inputs that are arrays as long as the output, by their place. */
  readonly arrays: readonly number[];
  /** Statements before the loops: the scalars. */
  readonly setUp?: string;
  /** The plain expression in floats `x0`, `x1`, ... */
  readonly scalar: string;
  /** The same in vectors. */
  readonly vector: string;
}

/**
 * Loops over arrays: vectors, unrolling, prefetching, stores past the caches, threads; and both halves
 * of the arrays at once, as the hardware fetches ahead for each stream apart.
 */
export function elementwiseSpace(
  what: Elementwise,
  { threads = [1] }: { threads?: readonly number[] } = {},
): TemplateSpace {
  return {
    task: what.task,
    language: "cpp",
    parameters: {
      width: [1, 4, 8, 16],
      unroll: [1, 2, 4, 8],
      prefetch: [0, 512, 2048],
      halves: ["one by one", "together"],
      stores: ["cached", "streamed"],
      threads,
    },
    start: { width: 1, unroll: 1, prefetch: 0, halves: "one by one", stores: "cached", threads: 1 },
    valid: ({ width, unroll, prefetch, halves, stores, threads: used }) =>
      width !== 1 ||
      (unroll === 1 &&
        prefetch === 0 &&
        halves === "one by one" &&
        stores === "cached" &&
        used === 1),
    render: (point) => ({
      source: source(what, point),
      flags: threadFlags(Number(point.threads)),
    }),
    moves: {
      ...loopMoves,
      "stream stores": [{ stores: { to: "streamed" } }],
      prefetch: [{ halves: { to: "together" } }, { prefetch: 1 }],
      "use more threads": [{ threads: 1 }],
    },
  };
}

/** What the methods mean where a loop runs over long arrays. */
export const loopMoves: TemplateSpace["moves"] = {
  "use vectors": [{ width: { to: 16 } }, { width: 1 }],
  "widen vectors": [{ width: 1 }],
  unroll: [{ unroll: 1 }, { unroll: 2 }],
  "unroll less": [{ unroll: -1 }],
  prefetch: [{ prefetch: 1 }, { prefetch: 2 }],
};

function source({ arrays, setUp = "", scalar, vector }: Elementwise, point: Point): string {
  const [width, unroll, prefetch, threads] = [
    point.width,
    point.unroll,
    point.prefetch,
    point.threads,
  ].map(Number) as [number, number, number, number];
  const pointers = `${arrays.map((place, k) => `  const float* p${k} = (const float*)in[${place}];`).join("\n")}
  float* y = (float*)out[0];
  ${setUp}`;
  const one = `{ ${arrays.map((_, k) => `const float x${k} = p${k}[i];`).join(" ")} y[i] = ${scalar}; }`;
  if (width === 1) return kernel(`${pointers}\n  for (long long i = 0; i < dims[0]; i++) ${one}`);
  const streamed = point.stores === "streamed";
  const step = (at: string) =>
    `{ ${arrays.map((_, k) => `const v x${k} = load(p${k} + ${at});`).join(" ")} ${streamed ? "stream" : "store"}(y + ${at}, ${vector}); }`;
  const halves = point.halves === "together" ? 2 : 1;
  // One line of 64 bytes after the other, for each array.
  const lines = Math.ceil((width * unroll) / 16);
  const ahead = (at: string) =>
    arrays
      .map((_, k) =>
        each(lines, (l) => `      __builtin_prefetch(p${k} + ${at} + ${prefetch / 4 + 16 * l});`),
      )
      .join("\n");
  const starts = ["i", "i + half"].slice(0, halves);
  return `${vectors(width)}${streamed ? streamStore(width) : ""}${threads > 1 ? "#include <thread>\n#include <vector>\n" : ""}
static void part(const void* const* in, void* const* out, long from, long n) {
${pointers}
  long i = from;
  ${streamed ? `for (; i < n && ((unsigned long)(y + i) & 63) != 0; i++) ${one}` : ""}
  ${halves > 1 ? `const long half = (n - i) / 2 / 16 * 16, middle = i + half;` : ""}
  for (; i + ${width * unroll} <= ${halves > 1 ? "middle" : "n"}; i += ${width * unroll}) {
${prefetch > 0 ? starts.map(ahead).join("\n") : ""}
${each(unroll, (k) => starts.map((at) => `      ${step(`${at} + ${k * width}`)}`).join("\n"))}
  }
  ${halves > 1 ? `const long done = i + half;\n  for (; i < middle; i++) ${one}\n  i = done;` : ""}
  for (; i + ${width} <= n; i += ${width}) ${step("i")}
  for (; i < n; i++) ${one}
  ${streamed ? "streamed();" : ""}
}
${kernel(
  threads > 1
    ? `  const long n = dims[0];
  std::vector<std::thread> others;
  for (int t = 1; t < ${threads}; t++) others.emplace_back(part, in, out, n * t / ${threads}, n * (t + 1) / ${threads});
  part(in, out, 0, n / ${threads});
  for (auto& other : others) other.join();`
    : "  part(in, out, 0, dims[0]);",
)}`;
}
