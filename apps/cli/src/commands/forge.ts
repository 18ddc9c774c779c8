import { Command } from "commander";
import type { Context } from "../cli.ts";
import { benchCommand } from "./forge/bench.ts";
import { costCommand } from "./forge/cost.ts";
import { curateCommand } from "./forge/curate.ts";
import { doctorCommand } from "./forge/doctor.ts";
import { improveCommand } from "./forge/improve.ts";
import { sweepCommand } from "./forge/sweep.ts";
import { tasksCommand } from "./forge/tasks.ts";
import { verifyCommand } from "./forge/verify.ts";

/** Compute kernels: what is asked of them, whether they do it, how fast. One file a verb. */
export const forgeCommand = (context: Context) => {
  const forge = new Command("forge").description("write, verify, time and improve compute kernels");
  const verbs = [
    tasksCommand,
    verifyCommand,
    benchCommand,
    improveCommand,
    sweepCommand,
    doctorCommand,
    curateCommand,
    costCommand,
  ];
  for (const verb of verbs) forge.addCommand(verb(context));
  return forge;
};
