import { Argument, Command } from "commander";
import type { Context } from "../cli.ts";
import { integer } from "../integer.ts";
import { jsonText } from "../json-text.ts";
import { operate } from "../operate.ts";

const moment = (at: Date | string | null) =>
  at === null ? "never" : new Date(at).toISOString().slice(0, 16).replace("T", " ");

const status = (context: Context) =>
  new Command("status")
    .description("papers, mails, runs, queues and what failed")
    .option("--json", "print JSON")
    .action(async (options: { json?: boolean }) => {
      const found = await operate(context, "status", {});
      if (options.json) {
        context.out.write(jsonText(found));
        return;
      }
      const counts = (rows: readonly { state: string }[], name: string) =>
        rows.map((row) => `${(row as Record<string, unknown>)[name]} ${row.state}`).join(", ") ||
        "none";
      const ages = found.harvests.map(
        ({ source, ageSeconds }) => `${source} ${Math.round(ageSeconds / 360) / 10} h ago`,
      );
      const waiting = found.jobs
        .filter((queue) => queue.waiting + queue.active + queue.failed > 0)
        .map((q) => `${q.queue} ${q.waiting} waiting, ${q.active} active, ${q.failed} failed`);
      context.out.write(
        `${[
          `site      ${found.site}`,
          `database  ${found.database}`,
          `papers    ${found.papers} in the feed, ${found.searchable} searchable`,
          `mails     ${counts(found.mails, "mails")}`,
          `runs      ${counts(found.runs, "runs")}`,
          `sweeps    ${counts(found.cells, "cells")}`,
          `harvests  ${ages.join(", ") || "none"}`,
          `queues    ${waiting.join("; ") || "empty"}`,
          `memory    ${found.memoryMegabytes} MB`,
        ].join("\n")}\n`,
      );
    });

const role = (context: Context) =>
  new Command("role")
    .description("give an account a role")
    .argument("<who>", "its mail address or name")
    .addArgument(new Argument("<role>").choices(["reader", "submitter", "moderator"]))
    .action(async (who: string, role: "reader" | "submitter" | "moderator") => {
      const name = await operate(context, "role", { who, role });
      context.out.write(`${name} is a ${role} now\n`);
    });

const suspend = (context: Context) =>
  new Command("suspend")
    .description("suspend an account: its sessions end, and it may do nothing")
    .argument("<who>", "its mail address or name")
    .requiredOption("--reason <text>", "why, for the moderators' log")
    .option("--with-votes", "take its votes back as well", false)
    .action(async (who: string, options: { reason: string; withVotes: boolean }) => {
      const name = await operate(context, "suspend", { who, ...options });
      context.out.write(`${name} is suspended\n`);
    });

const reinstate = (context: Context) =>
  new Command("reinstate")
    .description("end an account's suspension")
    .argument("<who>", "its mail address or name")
    .action(async (who: string) => {
      const name = await operate(context, "reinstate", { who });
      context.out.write(`${name} is reinstated\n`);
    });

const audit = (context: Context) =>
  new Command("audit")
    .description("the moderators' log, the latest first")
    .option("--limit <n>", "how many entries", integer(1, 1000), 50)
    .option("--json", "print JSON")
    .action(async ({ limit, json: asJson }: { limit: number; json?: boolean }) => {
      const entries = await operate(context, "audit", { limit });
      if (asJson) context.out.write(jsonText(entries));
      else
        for (const { at, actor, action, subject, detail } of entries)
          context.out.write(
            `${moment(at)}  ${actor?.name ?? "operator"}  ${action}  ${subject}  ${JSON.stringify(detail)}\n`,
          );
    });

const jobs = (context: Context) =>
  new Command("jobs")
    .description("the queues and the jobs that failed for good")
    .option("--retry <id>", "put a failed job back into its queue")
    .option("--json", "print JSON")
    .action(async (options: { retry?: string; json?: boolean }) => {
      if (options.retry !== undefined) {
        const queue = await operate(context, "retry", { id: options.retry });
        context.out.write(`back in the queue ${queue}\n`);
        return;
      }
      const health = await operate(context, "jobs", {});
      if (options.json) {
        context.out.write(jsonText(health));
        return;
      }
      for (const { queue, waiting, active, failed, lastDoneAt } of health.queues)
        context.out.write(
          `${queue.padEnd(14)} ${waiting} waiting, ${active} active, ${failed} failed, last done ${moment(lastDoneAt)}\n`,
        );
      for (const { queue, id, failedAt, error } of health.dead)
        context.out.write(`failed         ${moment(failedAt)}  ${queue} ${id}: ${error}\n`);
    });

export const adminCommand = (context: Context) => {
  const command = new Command("admin").description("what an operator looks after");
  for (const sub of [status, role, suspend, reinstate, audit, jobs])
    command.addCommand(sub(context));
  return command;
};
