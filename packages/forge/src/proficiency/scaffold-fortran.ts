import type { HpcKernel } from "../tasks/hpc/hpc-tasks.ts";
import type { Assignment } from "./roles.ts";
import { layouts, product } from "./scaffold-layout.ts";
import type { Signature } from "./signature.ts";

const colons = (rank: number) => `(${Array(rank).fill(":").join(", ")})`;

/** Row-major data as an array of this rank: by columns where it has more than one axis. */
function reshaped(own: string, sizes: readonly string[], rank: number): string {
  if (rank <= 1) return own;
  const order = sizes.map((_, k) => sizes.length - k).join(", ");
  return `reshape(${own}, [${sizes.join(", ")}], order=[${order}])`;
}

/** The entry of a kernel that calls a Fortran subroutine with copies of its arguments. */
export function fortranWrapper(
  kernel: HpcKernel,
  { name, parameters }: Signature,
  reading: Assignment,
  completion: string,
): string {
  const { dims, from, output, begins } = layouts[kernel];
  // Names of ours must not be those of the completion: Fortran knows no case.
  const sizeOf = (text: string) =>
    dims.reduce((t, d) => t.replace(new RegExp(`\\b${d}\\b`, "g"), `size_${d}`), text);
  const sizesOf = (sizes: readonly string[]) => sizes.map(sizeOf);
  const declared: string[] = [];
  const lines: string[] = [];
  const outputAt = reading.findIndex((role) => role.output);
  const { element, rank } = parameters[outputAt]!;
  const outputSizes = sizesOf(output.sizes);
  declared.push(
    `${element}, allocatable :: out_${colons(rank)}`,
    "real(c_float), pointer :: raw_out_(:)",
  );
  const flat = product(outputSizes);
  lines.push(`call c_f_pointer(forge_out(1), raw_out_, [${flat}])`);
  if (begins === undefined) {
    const shape = rank > 1 ? outputSizes.join(", ") : flat;
    lines.push(`allocate(out_(${shape}))`, "out_ = 0");
  } else {
    declared.push("real(c_float), pointer :: raw_begin_(:)");
    lines.push(
      `call c_f_pointer(forge_in(${begins + 1}), raw_begin_, [${flat}])`,
      `out_ = ${reshaped("raw_begin_", outputSizes, rank)}`,
    );
  }
  const call = reading.map((role, i) => {
    const parameter = parameters[i]!;
    if (role.output) return "out_";
    const origin = from[role.name]!;
    const own = `arg_${role.name}_`;
    if ("dim" in origin || "value" in origin) {
      declared.push(`${parameter.element} :: ${own}`);
      const value = "dim" in origin ? `size_${dims[origin.dim]}` : sizeOf(origin.value);
      lines.push(`${own} = ${value}`);
      return own;
    }
    const sizes = sizesOf(origin.sizes);
    const raw = role.kind === "ints" ? "integer(c_int)" : "real(c_float)";
    declared.push(`${raw}, pointer :: raw_${role.name}_(:)`);
    lines.push(
      `call c_f_pointer(forge_in(${origin.input + 1}), raw_${role.name}_, [${product(sizes)}])`,
    );
    if (role.kind === "float") {
      declared.push(`${parameter.element} :: ${own}`);
      lines.push(`${own} = raw_${role.name}_(1)`);
      return own;
    }
    declared.push(`${parameter.element}, allocatable :: ${own}${colons(parameter.rank)}`);
    const base = role.kind === "ints" ? " + 1" : "";
    lines.push(`${own} = ${reshaped(`raw_${role.name}_`, sizes, parameter.rank)}${base}`);
    return own;
  });
  const invoke = `call ${name}(${call.join(", ")})`;
  lines.push(
    ...(kernel === "jacobi3d"
      ? ["do sweep_ = 1, 3", `  ${invoke}`, "  arg_u_ = out_", "end do"]
      : [invoke]),
    `raw_out_ = ${rank > 1 ? `reshape(reshape(out_, [${outputSizes.toReversed().join(", ")}], order=[${outputSizes.map((_, k) => outputSizes.length - k).join(", ")}]), [${flat}])` : "out_"}`,
    "status = 0",
  );
  const isModule = /^\s*module\s+(?!procedure\b)(\w+)/im.exec(completion)?.[1];
  const body = isModule
    ? completion
    : `module forge_completion\ncontains\n${completion}\nend module\n`;
  return `${body}
function forge_kernel(forge_in, forge_out, forge_dims) bind(c, name="forge_kernel") result(status)
  use iso_c_binding
  use ${isModule ?? "forge_completion"}
  implicit none
  type(c_ptr), intent(in) :: forge_in(*), forge_out(*)
  integer(c_long_long), intent(in) :: forge_dims(*)
  integer(c_int) :: status, sweep_
  integer(c_long_long) :: ${dims.map((d) => `size_${d}`).join(", ")}
  ${declared.join("\n  ")}
${dims.map((d, k) => `  size_${d} = forge_dims(${k + 1})`).join("\n")}
  ${lines.join("\n  ")}
end function
`;
}
