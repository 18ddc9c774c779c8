import { Command } from "commander";
import type { Context } from "../../cli.ts";
import { jsonText } from "../../json-text.ts";
import { allTasks } from "./find-task.ts";
import { orUsage } from "./load.ts";

export const tasksCommand = ({ out }: Context) =>
  new Command("tasks")
    .description("the functions that a kernel may be asked for")
    .option("--category <name>", "one category only")
    .option("--json", "print JSON")
    .action(async ({ category, json }: { category?: string; json?: boolean }) => {
      const tasks = await orUsage(() => allTasks(category));
      if (json) {
        out.write(
          jsonText(
            tasks.map(({ id, category, title, dimNames, published, families }) => ({
              id,
              category,
              title,
              dims: dimNames,
              published,
              families,
            })),
          ),
        );
        return;
      }
      for (const { id, dimNames, title } of tasks)
        out.write(`${id.padEnd(36)} [${dimNames.join(", ")}]  ${title}\n`);
    });
