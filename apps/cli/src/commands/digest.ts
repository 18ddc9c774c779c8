import { Command, Option } from "commander";
import type { Context } from "../cli.ts";
import { jsonText } from "../json-text.ts";
import { operate } from "../operate.ts";

interface Options {
  dryRun?: boolean;
  issue?: string | true;
  html?: boolean;
  json?: boolean;
}

export const digestCommand = (context: Context) =>
  new Command("digest")
    .description("send the mail digests that are due now")
    .option("--dry-run", "say how many are due, and send nothing")
    .addOption(
      new Option(
        "--issue [day]",
        "print the issue of a day (the last with papers by default), and send nothing",
      ).conflicts("dryRun"),
    )
    .option("--html", "with --issue: print it as HTML")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nThe server does this by itself every minute. A digest that was sent is never sent again.",
    )
    .action(async ({ dryRun, issue, html, json }: Options) => {
      const { out } = context;
      if (issue !== undefined) {
        const mail = await operate(context, "issue", { day: issue === true ? null : issue });
        if (json) out.write(jsonText(mail));
        else out.write(html ? `${mail.html}\n` : `${mail.subject}\n\n${mail.text}\n`);
        return;
      }
      if (dryRun) {
        const found = await operate(context, "due", {});
        out.write(
          json
            ? jsonText(found)
            : `${found.due} due, ${found.waiting} waiting for another attempt, ${found.confirmed} subscribers\n`,
        );
        return;
      }
      const report = await operate(context, "digest", {});
      if (json) out.write(jsonText(report));
      else
        out.write(
          `${report.sent} sent, ${report.failed} refused, ${report.later} put off, ${report.unknown} unknown, ${report.empty} without papers\n`,
        );
      if (report.stopped) throw new Error(`ended early: ${report.stopped}`);
    });
