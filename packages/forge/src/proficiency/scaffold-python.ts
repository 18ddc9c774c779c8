import type { HpcKernel } from "../tasks/hpc/hpc-tasks.ts";
import type { Assignment } from "./roles.ts";
import { layouts } from "./scaffold-layout.ts";
import type { Signature } from "./signature.ts";

/** The entry of a kernel that calls a Python function with copies of its arguments. */
export function pythonWrapper(
  kernel: HpcKernel,
  { name }: Signature,
  reading: Assignment,
  completion: string,
): string {
  const { dims, from, begins } = layouts[kernel];
  const start = begins === undefined ? "np.zeros_like(outputs[0])" : `inputs[${begins}].copy()`;
  const names = reading.map((role) => (role.output ? "out" : role.name));
  const copies = reading.flatMap((role) => {
    if (role.output) return [];
    const origin = from[role.name]!;
    if ("dim" in origin) return [];
    if ("value" in origin) return [`${role.name} = ${origin.value}`];
    const whole = `inputs[${origin.input}]`;
    return [`${role.name} = ${role.kind === "float" ? `${whole}[0]` : `${whole}.copy()`}`];
  });
  const sweeps = kernel === "jacobi3d" ? 3 : 1;
  const writes = reading.some((role) => role.output);
  return `import numpy as np
${completion}

def forge_kernel(inputs, outputs, dims):
    ${dims.join(", ")}${dims.length === 1 ? "," : ""} = dims
    out = ${start}
    ${copies.join("\n    ")}
    for _ in range(${sweeps}):
        result = ${name}(${names.join(", ")})
        if isinstance(result, tuple):
            result = result[0]
        if isinstance(result, np.ndarray):
            out = result.copy()
        ${kernel === "jacobi3d" ? `u = ${writes ? "out" : "out if isinstance(result, np.ndarray) else u"}.copy()` : "pass"}
    outputs[0][...] = np.asarray(out, dtype=np.float32).reshape(outputs[0].shape)
`;
}
