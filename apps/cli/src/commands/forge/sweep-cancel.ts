import { Command } from "commander";
import type { Context } from "../../cli.ts";
import { operate } from "../../operate.ts";
import { cellCounts } from "./sweep-text.ts";

export const sweepCancelCommand = (context: Context) =>
  new Command("cancel")
    .description("cancel what is left of a sweep; what was found stays")
    .argument("<sweep>", "its name or id")
    .action(async (id: string) => {
      const sweep = await operate(context, "sweepCancel", { id });
      context.out.write(`${sweep.name}: ${cellCounts(sweep)}\n`);
      if (sweep.cells.running > 0)
        context.out.write("those that run end at their worker's next sign of life\n");
    });
