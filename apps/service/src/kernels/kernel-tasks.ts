import { notFoundError } from "@daily-kernel/feed";
import { type Task, tasks } from "@daily-kernel/forge";
import { assemblyStarter } from "./assembly-starters.ts";

/** A task as a page shows it to who writes a kernel for it. */
export interface KernelTask {
  readonly id: string;
  readonly title: string;
  readonly dimNames: readonly string[];
  readonly bindings: readonly { readonly binding: number; readonly declaration: string }[];
  /** A kernel to begin with: right and slow for the plain tasks, a frame for the others. */
  readonly starter: string;
  readonly grid: string;
  /** The same in AssemblyScript. */
  readonly assemblyStarter: string;
}

/** Ids by category, in the order of the registry. */
export function taskIds(): readonly {
  readonly category: string;
  readonly ids: readonly string[];
}[] {
  const groups = Map.groupBy(tasks.list(), ({ category }) => category);
  return [...groups].map(([category, list]) => ({ category, ids: list.map(({ id }) => id) }));
}

/** @throws FeedError `ERR_NOT_FOUND` with the nearest ids. */
export function findTask(id: string): Task {
  try {
    return tasks.get(id);
  } catch (error) {
    throw notFoundError((error as Error).message);
  }
}

export function kernelTask(id: string): KernelTask {
  const task = findTask(id);
  const dims = task.shapes[0] ?? task.published;
  const inputs = task.inputs(dims);
  const outputs = task.outputs(dims);
  const bindings = [
    ...inputs.map(({ name, dtype }) => `var<storage, read> ${name}: array<${types[dtype]}>;`),
    ...outputs.map(
      ({ name, dtype }) => `var<storage, read_write> ${name}: array<${types[dtype]}>;`,
    ),
    task.dimNames.length > 4
      ? `var<uniform> dims: array<vec4<u32>, ${Math.ceil(task.dimNames.length / 4)}>;`
      : "var<uniform> dims: vec4<u32>;",
  ].map((declaration, binding) => ({ binding, declaration }));
  const { body, grid } = starters[id] ?? frame(task);
  const declared = bindings.map(
    ({ binding, declaration }) => `@group(0) @binding(${binding}) ${declaration}`,
  );
  return {
    id,
    title: task.title,
    dimNames: task.dimNames,
    bindings,
    grid,
    assemblyStarter: assemblyStarter(task),
    starter: `// dims: ${task.dimNames.join(", ")}\n${declared.join("\n")}\n\n${body}\n`,
  };
}

/** Booleans are bytes of 0 and 1, four to a word. */
const types = { float32: "f32", int32: "i32", bool: "u32" } as const;

const main = (body: string) => `@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
${body}
}`;

const frame = (task: Task) => ({
  grid: "element:64",
  body: main(`  let i = id.x;
  if (i >= arrayLength(&${task.outputs(task.shapes[0] ?? task.published)[0]?.name ?? "y"})) {
    return;
  }
  // One element of the output.`),
});

const row = (body: string) =>
  main(`  let row = id.x;
  if (row >= dims.x) {
    return;
  }
  let start = row * dims.y;
${body}`);

/** Right and slow: what a reader makes faster. */
const starters: Readonly<Record<string, { body: string; grid: string }>> = {
  relu: {
    grid: "element:64",
    body: main(`  if (id.x < dims.x) {
    y[id.x] = max(x[id.x], 0.0);
  }`),
  },
  softmax: {
    grid: "row:64",
    body: row(`  var top = x[start];
  for (var k = 1u; k < dims.y; k++) {
    top = max(top, x[start + k]);
  }
  var sum = 0.0;
  for (var k = 0u; k < dims.y; k++) {
    sum += exp(x[start + k] - top);
  }
  for (var k = 0u; k < dims.y; k++) {
    y[start + k] = exp(x[start + k] - top) / sum;
  }`),
  },
  matmul: {
    grid: "element:64",
    body: main(`  let row = id.x / dims.y;
  let col = id.x % dims.y;
  if (row >= dims.x) {
    return;
  }
  var sum = 0.0;
  for (var k = 0u; k < dims.z; k++) {
    sum += a[row * dims.z + k] * b[k * dims.y + col];
  }
  y[id.x] = sum;`),
  },
  rowmean: {
    grid: "row:64",
    body: row(`  var sum = 0.0;
  for (var k = 0u; k < dims.y; k++) {
    sum += x[start + k];
  }
  y[row] = sum / f32(dims.y);`),
  },
  frobnorm: {
    grid: "one",
    body: `@compute @workgroup_size(1)
fn main() {
  var sum = 0.0;
  for (var i = 0u; i < dims.x; i++) {
    sum += x[i] * x[i];
  }
  y[0] = sqrt(sum);
}`,
  },
};
