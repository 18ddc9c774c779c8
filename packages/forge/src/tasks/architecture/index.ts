import type { Task } from "../../task/task.ts";
import { attentiveTasks } from "./attentive.ts";
import { convolutionalTasks } from "./convolutional.ts";
import { mambaTasks } from "./mamba.ts";
import { mobileTasks } from "./mobile.ts";
import { sequentialTasks } from "./sequential.ts";
import { blockTasks } from "./single-blocks.ts";
import { swinTasks } from "./swin.ts";
import { vladTasks } from "./vlad.ts";

/** Networks and their blocks: 50 tasks. Weights are inputs, named by their layer. */
export const architectures: readonly Task[] = [
  ...convolutionalTasks,
  ...mobileTasks,
  ...blockTasks,
  ...sequentialTasks,
  ...attentiveTasks,
  ...vladTasks,
  ...mambaTasks,
  ...swinTasks,
];
