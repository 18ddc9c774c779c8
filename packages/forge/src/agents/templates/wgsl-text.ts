/** Pieces of WGSL that the templates share. */

/** Bindings in order: inputs (all of floats), the output, the sizes. */
export const bindings = (inputs: readonly string[], output: string): string =>
  `${inputs.map((name, at) => `@group(0) @binding(${at}) var<storage, read> ${name}: array<f32>;\n`).join("")}@group(0) @binding(${inputs.length}) var<storage, read_write> ${output}: array<f32>;
@group(0) @binding(${inputs.length + 1}) var<uniform> dims: vec4<u32>;
`;

/** Invocations of a workgroup. */
const GROUP = 64;

/**
 * Work in pieces that are numbered: the text of `piece`, which computes piece t of `count`. As a grid
 * rule knows elements only, every invocation goes on by as many pieces as there are invocations.
 */
export const piecewise = (
  count: string,
  piece: string,
): string => `@compute @workgroup_size(${GROUP})
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let count = ${count};
  for (var t = id.x; t < count; t += groups.x * ${GROUP}) {
${piece}
  }
}
`;

/** The grid for pieces of so many elements of the output. */
export const gridOf = (elements: number) => ({ per: "element", size: GROUP * elements }) as const;
