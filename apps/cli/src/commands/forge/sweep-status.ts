import type { CellStatus } from "@daily-kernel/service";
import { Command } from "commander";
import type { Context } from "../../cli.ts";
import { jsonText } from "../../json-text.ts";
import { operate } from "../../operate.ts";
import { cellCounts, columns } from "./sweep-text.ts";

export const sweepStatusCommand = (context: Context) =>
  new Command("status")
    .description("how sweeps are getting on: what is done, who does what, what nobody can take")
    .argument("[sweep]", "its name or id; all sweeps without one")
    .option("--json", "print JSON")
    .action(async (id: string | undefined, { json }: { json?: boolean }) => {
      const { out } = context;
      if (id === undefined) {
        const sweeps = await operate(context, "sweepList", {});
        if (json) out.write(jsonText(sweeps));
        else if (sweeps.length === 0) out.write("there are no sweeps\n");
        else
          out.write(
            columns(
              sweeps.map((sweep) => [sweep.name, moment(sweep.createdAt), cellCounts(sweep)]),
            ),
          );
        return;
      }
      const found = await operate(context, "sweepStatus", { id });
      if (json) out.write(jsonText(found));
      else
        out.write(
          `${found.sweep.name}, ${moment(found.sweep.createdAt)}: ${cellCounts(found.sweep)}\n${columns(
            [
              ["cell", "task", "back end", "seed", "state", "worker", ""],
              ...found.cells.map((cell) => [
                String(cell.position),
                cell.task,
                cell.backend,
                String(cell.seed),
                stateOf(cell),
                cell.state === "queued" ? "" : (cell.worker ?? ""),
                remark(cell),
              ]),
            ],
          )}`,
        );
    });

const moment = (at: Date | string) => new Date(at).toISOString().slice(0, 16).replace("T", " ");

const stateOf = ({ state, progress }: CellStatus) =>
  state === "queued"
    ? "waiting"
    : state === "running"
      ? `running ${Math.round(100 * progress)} %`
      : state;

/** What there is to know besides: what is being done, what went wrong, why nobody takes it. */
const remark = ({ state, doing, error, waitsFor, attempts }: CellStatus) =>
  [
    state === "running" ? doing : "",
    error ?? "",
    waitsFor ?? "",
    attempts > 1 ? `begun ${attempts} times` : "",
  ]
    .filter(Boolean)
    .join("; ");
