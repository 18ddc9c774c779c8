import { Command } from "commander";
import type { Context } from "../../cli.ts";
import { sweepCancelCommand } from "./sweep-cancel.ts";
import { sweepResultsCommand } from "./sweep-results.ts";
import { sweepStartCommand } from "./sweep-start.ts";
import { sweepStatusCommand } from "./sweep-status.ts";

/** Many cells of `improve` or `bench`, shared by all machines that work on one database. */
export const sweepCommand = (context: Context) => {
  const sweep = new Command("sweep").description(
    "many improvements or measurements, shared by the machines that run daily-kernel worker",
  );
  for (const verb of [
    sweepStartCommand,
    sweepStatusCommand,
    sweepResultsCommand,
    sweepCancelCommand,
  ])
    sweep.addCommand(verb(context));
  return sweep;
};
