import { Command } from "commander";
import type { Context } from "../cli.ts";
import { integer } from "../integer.ts";
import { operate } from "../operate.ts";

export const workerCommand = (context: Context) =>
  new Command("worker")
    .description(
      "measure the reproductions that readers asked for and the forge's sweeps, until Ctrl-C",
    )
    .option("--concurrency <n>", "how many at once", integer(1, 64), 1)
    .addHelpText(
      "after",
      "\nWith DATABASE_URL any number of machines can work; without it this adds workers to the\nserver that runs here, or works alone where none runs. Cells are taken of the back ends that\nforge doctor finds; leave --concurrency at 1 for them, or they disturb each other's times.",
    )
    .action(async ({ concurrency }: { concurrency: number }) => {
      await operate(context, "worker", { concurrency }, { lines: true }).catch((error) => {
        // Ctrl-C is how it ends.
        if ((error as Error).name !== "AbortError") throw error;
      });
      context.err.write("no more runs are taken\n");
    });
