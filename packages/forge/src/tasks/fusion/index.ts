import type { Task } from "../../task/task.ts";
import { convTranspose2dTasks } from "./conv-transpose2d.ts";
import { convTranspose3dTasks } from "./conv-transpose3d.ts";
import { conv2dTasks } from "./conv2d.ts";
import { conv3dTasks } from "./conv3d.ts";
import { linearTasks } from "./linear.ts";

/** A convolution or a linear layer and a short chain after it: 100 tasks. */
export const fusion: readonly Task[] = [
  ...conv2dTasks,
  ...conv3dTasks,
  ...convTranspose2dTasks,
  ...convTranspose3dTasks,
  ...linearTasks,
];
