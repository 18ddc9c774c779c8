import type { HpcKernel } from "../../tasks/hpc/hpc-tasks.ts";
import { type Body, bodies } from "./cpp-bodies.ts";
import { tuned } from "./cpp-tuned.ts";
import type { Change, GoldKernels } from "./gold.ts";

/** How a model opens and closes a parallel loop; `sum` is the variable that it adds to. */
interface Style {
  readonly include: string;
  open(loop: { i: string; n: string; read: string; written: string; sum?: string }): string;
  close(sum?: string): string;
}

const plainFor = ({ i, n }: { i: string; n: string }) =>
  `for (long ${i} = 0; ${i} < ${n}; ${i}++) {`;

const styles = {
  serial: { include: "", open: plainFor, close: () => "}" },
  openmp: {
    include: "",
    open: (loop) =>
      `#pragma omp parallel for${loop.sum ? ` reduction(+:${loop.sum})` : ""}\n${plainFor(loop)}`,
    close: () => "}",
  },
  offload: {
    include: "",
    open({ read, written, sum, ...loop }) {
      const reduction = sum ? ` map(tofrom: ${sum}) reduction(+:${sum})` : "";
      return `#pragma omp target teams distribute parallel for map(to: ${read}) map(tofrom: ${written})${reduction}\n${plainFor(loop)}`;
    },
    close: () => "}",
  },
  openacc: {
    include: "",
    open({ read, written, sum, ...loop }) {
      const reduction = sum ? ` reduction(+:${sum})` : "";
      return `#pragma acc parallel loop copyin(${read}) copy(${written})${reduction}\n${plainFor(loop)}`;
    },
    close: () => "}",
  },
  kokkos: {
    include: "#include <Kokkos_Core.hpp>\n",
    open: ({ i, n, sum }) =>
      sum
        ? `Kokkos::parallel_reduce(n, [=](long ${i}, float &${sum}) {`
        : `Kokkos::parallel_for(${n} > 0 ? ${n} : 0, [=](long ${i}) {`,
    close: (sum) => (sum ? `}, ${sum});` : "});"),
  },
} as const satisfies Record<string, Style>;

export type CppStyle = keyof typeof styles;

function render({ before = "", text }: Pick<Body, "before" | "text">, style: Style): string {
  let open: string | undefined;
  const lines = text.split("\n").map((line) => {
    const [, indent, kind, inside] = /^(\s*)@(for|sum)\((.*)\)$/.exec(line) ?? [];
    if (inside !== undefined) {
      const [names = "", read = "", written = ""] = inside.split("; ");
      const parts = names.split(", ");
      const [sum, i = "", n = ""] = kind === "sum" ? parts : [undefined, ...parts];
      open = sum;
      return indent + style.open({ i, n, read, written, ...(sum && { sum }) });
    }
    return line.trim() === "@end" ? line.replace("@end", style.close(open)) : line;
  });
  // Headers take most of the time of a compilation: none that a kernel has no use for.
  const headers = /std::/.test(before + text) ? "#include <algorithm>\n#include <vector>\n" : "";
  return `${headers}${style.include}#define IN(T, k) static_cast<const T *>(in[k])
#define OUT(k) static_cast<float *>(out[k])
${before}extern "C" int forge_kernel(const void *const *in, void *const *out, const long long *dims) {${lines.join("\n")}
  return 0;
}
`;
}

/** A body with a fault in it, which may stand before the kernel. */
function changed({ before = "", text }: Body, change: Change) {
  const put = (where: string) =>
    change.reduce((result, [from, to]) => result.replaceAll(from, to), where);
  for (const [from] of change)
    if (!before.includes(from) && !text.includes(from))
      throw new Error(`${from} is not in the body`);
  return { before: put(before), text: put(text) };
}

/** Models in which some kernels are made for speed; the others show the model. */
const fast: readonly CppStyle[] = ["serial", "openmp"];

/** The six kernels in a model of C++; the wrong model is `other`. */
export function cppKernels(model: CppStyle, other: CppStyle): GoldKernels {
  const style: Style = styles[model];
  const entries = Object.entries(bodies).map(([name, plain]) => {
    const kernel = name as HpcKernel;
    const body = (fast.includes(model) && tuned[kernel]) || plain;
    const source = render(body, style);
    const whole = (change: Change): Change => [[source, render(changed(body, change), style)]];
    const gold = {
      source,
      wrongIndex: whole(body.wrongIndex),
      wrongReduction: whole(body.wrongReduction),
      wrongModel: render(plain, styles[other]),
    };
    return [kernel, gold] as const;
  });
  return Object.fromEntries(entries) as GoldKernels;
}
