import type { Task } from "@daily-kernel/forge";

/** The entry point with every argument and size by its name, around a body. */
const entry = (task: Task, body: string): string => {
  const dims = task.shapes[0] ?? task.published;
  const pointer = (list: string, i: number) =>
    `<usize>load<u32>(${list}${i === 0 ? "" : `, ${4 * i}`})`;
  const lines = [
    ...task.inputs(dims).map(({ name }, i) => `${name} = ${pointer("inputs", i)}`),
    ...task.outputs(dims).map(({ name }, i) => `${name} = ${pointer("outputs", i)}`),
    ...task.dimNames.map(
      (name, i) => `${name} = <usize>load<i64>(dims${i === 0 ? "" : `, ${8 * i}`})`,
    ),
  ];
  return `export function forge_kernel(inputs: usize, outputs: usize, dims: usize): i32 {
${lines.map((line) => `  const ${line};`).join("\n")}
${body}
  return 0;
}
`;
};

/** A number of an array. */
const at = (array: string, index: string) => `load<f32>(${array} + 4 * (${index}))`;

/** Right and slow, like those in WGSL: what a reader makes faster. */
const bodies: Readonly<Record<string, string>> = {
  relu: `  for (let i: usize = 0; i < n; i++) {
    store<f32>(y + 4 * i, max<f32>(${at("x", "i")}, 0));
  }`,
  softmax: `  for (let r: usize = 0; r < rows; r++) {
    const start = r * cols;
    let top = ${at("x", "start")};
    for (let k: usize = 1; k < cols; k++) top = max<f32>(top, ${at("x", "start + k")});
    let sum: f32 = 0;
    for (let k: usize = 0; k < cols; k++) sum += Mathf.exp(${at("x", "start + k")} - top);
    for (let k: usize = 0; k < cols; k++) {
      store<f32>(y + 4 * (start + k), Mathf.exp(${at("x", "start + k")} - top) / sum);
    }
  }`,
  matmul: `  for (let m: usize = 0; m < M; m++) {
    for (let n: usize = 0; n < N; n++) {
      let sum: f32 = 0;
      for (let k: usize = 0; k < K; k++) sum += ${at("a", "m * K + k")} * ${at("b", "k * N + n")};
      store<f32>(y + 4 * (m * N + n), sum);
    }
  }`,
  rowmean: `  for (let r: usize = 0; r < rows; r++) {
    let sum: f32 = 0;
    for (let k: usize = 0; k < cols; k++) sum += ${at("x", "r * cols + k")};
    store<f32>(y + 4 * r, sum / <f32>cols);
  }`,
  frobnorm: `  let sum: f32 = 0;
  for (let i: usize = 0; i < n; i++) sum += ${at("x", "i")} * ${at("x", "i")};
  store<f32>(y, Mathf.sqrt(sum));`,
};

/** An AssemblyScript kernel to begin with: right for the plain tasks, a frame for the others. */
export const assemblyStarter = (task: Task): string =>
  entry(
    task,
    bodies[task.id] ?? "  // Numbers are read by load<f32>(x + 4 * i) and written by store<f32>.",
  );
