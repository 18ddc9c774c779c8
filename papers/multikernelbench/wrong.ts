import {
  acceptedAnswers,
  type Backend,
  type Candidate,
  type Task,
  tasks,
} from "@daily-kernel/forge";
import { type Values, values } from "./agreement.ts";
import type { BackEnd } from "./kernels/index.ts";
import type { Column } from "./matrix.ts";

const suite = () =>
  tasks.list().filter(({ category }) => category !== "plain" && category !== "hpc");

/** A suite that lost a task. */
export const oneShort = (): readonly Task[] => suite().slice(1);

/** A suite in which one task has another size. */
export const oneResized = (): readonly Task[] =>
  suite().map((task) =>
    task.id === "pooling/max_pooling_1d" ? { ...task, published: [64, 192, 1024] } : task,
  );

/** A suite with a task of its own beside the published ones. */
export const oneMore = (): readonly Task[] => [...suite(), tasks.get("relu")];

/** References whose results went through half precision. */
export const halfPrecision: Values = (task, inputs, dims) =>
  values(task, inputs, dims).map((v) => Math.f16round(v));

/** A judge that compares at 1e-2 whatever tolerance it is told. */
export const alwaysLoose: typeof acceptedAnswers = (task, options = {}) =>
  acceptedAnswers(task, { ...options, tolerances: options.tolerances?.map(() => 1e-2) ?? [] });

/** Columns of which one compiles relu to the identity. */
export const withoutRelu = (columns: readonly Column[], id: BackEnd): readonly Column[] =>
  columns.map((column) =>
    column.id === id && "backend" in column
      ? { ...column, backend: identityFor(column.backend) }
      : column,
  );

const identityFor = (backend: Backend): Backend => ({
  ...backend,
  compile: ({ source, ...rest }: Candidate, options) => {
    const copied = source
      .replace("f32x4.max(v128.load(at(x, i)), f32x4.splat(0))", "v128.load(at(x, i))")
      .replace("max<f32>(get(x, i), 0)", "get(x, i)");
    return backend.compile({ source: copied, ...rest }, options);
  },
});
