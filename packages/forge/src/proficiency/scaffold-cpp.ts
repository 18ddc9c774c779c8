import type { HpcKernel } from "../tasks/hpc/hpc-tasks.ts";
import type { Assignment } from "./roles.ts";
import { layouts, product } from "./scaffold-layout.ts";
import type { Signature } from "./signature.ts";

/** The entry of a kernel that calls a C++ function with copies of its arguments. */
export function cppWrapper(
  kernel: HpcKernel,
  { name, parameters, returns }: Signature,
  reading: Assignment,
  completion: string,
): string {
  const { dims, from, output, begins } = layouts[kernel];
  const lines = dims.map((size, k) => `const long ${size} = dims[${k}];`);
  const outputAt = reading.findIndex((role) => role.output);
  const element = outputAt < 0 ? "float" : parameters[outputAt]!.element;
  const total = product(output.sizes);
  lines.push(`std::vector<${element}> out_(${total});`);
  if (begins !== undefined) {
    lines.push(
      `{ const float *p = static_cast<const float *>(in[${begins}]); std::copy(p, p + ${total}, out_.begin()); }`,
    );
  }
  const call = reading.map((role, i) => {
    const parameter = parameters[i]!;
    if (role.output) return parameter.vector ? "out_" : "out_.data()";
    const origin = from[role.name]!;
    if ("dim" in origin) return `(${parameter.element})${dims[origin.dim]}`;
    if ("value" in origin) return `(${parameter.element})(${origin.value})`;
    const type = role.kind === "ints" ? "int" : "float";
    const source = `static_cast<const ${type} *>(in[${origin.input}])`;
    if (role.kind === "float") return `(${parameter.element})*${source}`;
    const own = `${role.name}_`;
    lines.push(
      `std::vector<${parameter.element}> ${own}(${source}, ${source} + ${product(origin.sizes)});`,
    );
    return parameter.vector ? own : `${own}.data()`;
  });
  const invoke = `${name}(${call.join(", ")})`;
  if (kernel === "jacobi3d") {
    const ends = outputAt < 0 ? "" : " std::copy(out_.begin(), out_.end(), u_.begin());";
    lines.push(
      `for (int forge_sweep_ = 0; forge_sweep_ < 3; forge_sweep_++) { ${returns ? `out_ = ${invoke}` : invoke};${ends} }`,
    );
  } else {
    // What is returned is the result only where no parameter can be.
    lines.push(
      outputAt < 0 && returns
        ? `auto result = ${invoke};\n  std::copy(result.begin(), result.end(), out_.begin());`
        : `${invoke};`,
    );
  }
  lines.push("std::copy(out_.begin(), out_.end(), static_cast<float *>(out[0]));", "return 0;");
  return `#include <algorithm>
#include <cmath>
#include <vector>
#define main forge_completion_main
${completion}
#undef main
extern "C" int forge_kernel(const void *const *in, void *const *out, const long long *dims) {
  ${lines.join("\n  ")}
}
`;
}
