import type { HpcKernel } from "../../tasks/hpc/hpc-tasks.ts";
import { bodies } from "./cpp-bodies.ts";
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

function render(text: string, style: Style): string {
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
  return `#include <algorithm>
#include <vector>
${style.include}#define IN(T, k) static_cast<const T *>(in[k])
#define OUT(k) static_cast<float *>(out[k])
extern "C" int forge_kernel(const void *const *in, void *const *out, const long long *dims) {${lines.join("\n")}
  return 0;
}
`;
}

/** The text of a fault as it stands in the source of a style: marks of loops are rendered too. */
function changed(text: string, change: Change): string {
  return change.reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`${from} is not in the body`);
    return result.replaceAll(from, to);
  }, text);
}

/** The six kernels in a model of C++; the wrong model is `other`. */
export function cppKernels(model: CppStyle, other: CppStyle): GoldKernels {
  const style: Style = styles[model];
  const entries = Object.entries(bodies).map(([kernel, { text, wrongIndex, wrongReduction }]) => {
    const source = render(text, style);
    const whole = (change: Change): Change => [[source, render(changed(text, change), style)]];
    const gold = {
      source,
      wrongIndex: whole(wrongIndex),
      wrongReduction: whole(wrongReduction),
      wrongModel: render(text, styles[other]),
    };
    return [kernel as HpcKernel, gold] as const;
  });
  return Object.fromEntries(entries) as GoldKernels;
}
