import type { HpcKernel } from "../tasks/hpc/hpc-tasks.ts";
import type { Parameter, ParameterKind } from "./signature.ts";

/** What a parameter of a kernel can stand for. */
export interface Role {
  readonly name: string;
  readonly kind: Exclude<ParameterKind, "any">;
  /** Names that people give it. */
  readonly called: RegExp;
  readonly output?: boolean;
  /** May be missing from a signature. */
  readonly optional?: boolean;
}

const size = (name: string, called: RegExp): Role => ({
  name,
  kind: "int",
  called,
  optional: true,
});
const scalar = (name: string, called: RegExp): Role => ({
  name,
  kind: "float",
  called,
  optional: true,
});
const floats = (name: string, called: RegExp): Role => ({ name, kind: "floats", called });
const ints = (name: string, called: RegExp): Role => ({ name, kind: "ints", called });
const output = (name: string, called: RegExp): Role => ({ ...floats(name, called), output: true });

const rows = /^(?:m|rows?|num_?rows|nrows?|nr)$/i;
const pointers = [
  ints("rowPtr", /row_?(?:ptrs?|pointers?|offsets?|start|index)|^(?:ptr|ia|rowptr|indptr|rp)$/i),
  ints("colIdx", /col(?:umn)?_?(?:idx|ind\w*|s)?$|^(?:ja|indices|idx|ci)$/i),
  floats("values", /^(?:val(?:ue)?s?|data|a|aa|a_val(?:ue)?s?|nzval|nz)$/i),
];

/** The roles of every kernel in the order in which they are usually written. */
export const roles: Readonly<Record<HpcKernel, readonly Role[]>> = {
  axpy: [
    size("n", /^(?:n|size|len|length|count)$/i),
    scalar("alpha", /^(?:a|alpha|scalar|s)$/i),
    floats("x", /^(?:x|a|in\w*)$/i),
    output("y", /^(?:y|b|z|out\w*|result)$/i),
  ],
  gemv: [
    size("M", rows),
    size("N", /^(?:n|cols?|num_?cols|ncols?|nc)$/i),
    scalar("one", /^alpha$/i),
    scalar("zero", /^beta$/i),
    floats("A", /^(?:a|mat\w*)$/i),
    floats("x", /^(?:x|v\w*|b)$/i),
    output("y", /^(?:y|out\w*|result|c)$/i),
  ],
  gemm: [
    size("M", rows),
    size("N", /^(?:n|cols?)$/i),
    size("K", /^(?:k|l|p|inner)$/i),
    scalar("one", /^alpha$/i),
    scalar("zero", /^beta$/i),
    floats("A", /^a$/i),
    floats("B", /^b$/i),
    output("C", /^(?:c|out\w*|result)$/i),
  ],
  spmv: [
    size("rows", /^(?:n|m|rows?|num_?rows|nrows?)$/i),
    size("cols", /^(?:cols?|num_?cols|ncols?)$/i),
    size("nnz", /^(?:nnz|nz|entries)$/i),
    ...pointers,
    floats("x", /^(?:x|v\w*)$/i),
    output("y", /^(?:y|b|out\w*|result)$/i),
  ],
  jacobi3d: [
    size("nx", /^(?:nx|n|n1|ni|m|x)$/i),
    size("ny", /^(?:ny|n2|nj|y)$/i),
    size("nz", /^(?:nz|n3|nk|z)$/i),
    floats("u", /^(?:u|a|in\w*|old|u_?old|phi|src)$/i),
    output("v", /^(?:v|b|out\w*|new|\w+_?new|unew|anew|dst)$/i),
  ],
  cg: [
    size("n", /^(?:n|m|size|rows?)$/i),
    size("nnz", /^(?:nnz|nz|entries)$/i),
    size("most", /max\w*|it\w*/i),
    ...pointers,
    floats("b", /^(?:b|rhs|f)$/i),
    scalar("tolerance", /tol\w*|eps\w*/i),
    output("x", /^(?:x|sol\w*|u)$/i),
  ],
};

/** Which role each parameter has, in the order of the parameters. */
export type Assignment = readonly Role[];

const MOST_ASSIGNMENTS = 24;
/** Orders that are looked at before the most likely ones are kept. */
const MOST_ORDERS = 50_000;

const fits = ({ kind, constant }: Parameter, role: Role) =>
  (kind === "any" || kind === role.kind) && !(constant && role.output);

/**
 * The ways to read a signature as one of a kernel, the likeliest first, at most 24: every parameter
 * has another role of its type, no role that is needed is left over, outputs can be written. Likelier
 * is what agrees with more names, then with the usual order.
 */
export function assignments(kernel: HpcKernel, parameters: readonly Parameter[]): Assignment[] {
  const all = roles[kernel];
  const found: { assignment: Role[]; score: number }[] = [];
  const chosen: Role[] = [];
  let score = 0;
  const extend = () => {
    if (found.length >= MOST_ORDERS) return;
    const parameter = parameters[chosen.length];
    if (parameter === undefined) {
      const missing = all.some((role) => !role.optional && !role.output && !chosen.includes(role));
      if (!missing) found.push({ assignment: [...chosen], score });
      return;
    }
    const named = all.filter((role) => fits(parameter, role) && role.called.test(parameter.name));
    const free = all.filter((role) => fits(parameter, role) && !chosen.includes(role));
    // A name that says only one thing is believed where types say nothing.
    const sure = parameter.kind === "any" && named.length === 1 && free.includes(named[0]!);
    for (const role of sure ? named : free) {
      const position = all.indexOf(role);
      const before = chosen.filter((other) => all.indexOf(other) > position).length;
      const gain = (named.includes(role) ? 100 : 0) - before;
      chosen.push(role);
      score += gain;
      extend();
      score -= gain;
      chosen.pop();
    }
  };
  extend();
  return found
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_ASSIGNMENTS)
    .map(({ assignment }) => assignment);
}
