import { checkType, domainError, type Matrix, matrix } from "@daily-kernel/compute";
import { checkPoints } from "../standard/check-points.ts";

/** Points of a multi-task kernel taken apart: the task of each row, and the other columns. */
export interface TaskPoints {
  tasks: Int32Array;
  points: Matrix;
}

/** Takes the first column of `x` as task numbers 0 to tasks - 1; throws for anything else there. */
function taskPoints(
  fn: string,
  name: string,
  x: unknown,
  dimension: number,
  tasks: number,
): TaskPoints {
  checkPoints(fn, name, x, dimension);
  const points = matrix(x.rows, dimension - 1);
  const numbers = new Int32Array(x.rows);
  for (let i = 0; i < x.rows; i++) {
    const task = x.data[i * dimension]!;
    checkTask(fn, `${name}, row ${i}, column 0`, task, tasks);
    numbers[i] = task;
    points.data.set(x.data.subarray(i * dimension + 1, (i + 1) * dimension), i * (dimension - 1));
  }
  return { tasks: numbers, points };
}

/** Both arguments of a Gram matrix; one object stays one object, and symmetry exact. */
export function bothTaskPoints(
  fn: string,
  x: Matrix,
  z: Matrix,
  dimension: number,
  tasks: number,
): [x: TaskPoints, z: TaskPoints] {
  const left = taskPoints(fn, "x", x, dimension, tasks);
  return [left, z === x ? left : taskPoints(fn, "z", z, dimension, tasks)];
}

export function checkTask(fn: string, name: string, task: unknown, tasks: number): void {
  checkType(typeof task === "number", fn, name, "a number", task);
  if (!(Number.isInteger(task) && task >= 0 && task < tasks)) {
    throw domainError(
      `${fn}: ${name} must be a task, a whole number in 0..${tasks - 1}, got ${task}`,
    );
  }
}

/** What belongs to each pair of tasks, spread over the pairs of points: m x n. */
export function spread(ofTasks: Matrix, x: Int32Array, z: Int32Array): Matrix {
  const out = matrix(x.length, z.length);
  for (let i = 0, at = 0; i < x.length; i++) {
    for (let j = 0; j < z.length; j++, at++)
      out.data[at] = ofTasks.data[x[i]! * ofTasks.cols + z[j]!]!;
  }
  return out;
}

/** a times b, element by element, into a. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  for (let i = 0; i < a.data.length; i++) a.data[i]! *= b.data[i]!;
  return a;
}
