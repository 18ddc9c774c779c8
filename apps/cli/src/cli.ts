import { Command, CommanderError } from "commander";
import { adminCommand } from "./commands/admin.ts";
import { backupCommand, restoreCommand } from "./commands/backup.ts";
import { compareCommand } from "./commands/compare.ts";
import { dataCommand } from "./commands/data.ts";
import { digestCommand } from "./commands/digest.ts";
import { forgeCommand } from "./commands/forge.ts";
import { ingestCommand } from "./commands/ingest.ts";
import { ledgerCommand } from "./commands/ledger.ts";
import { listCommand } from "./commands/list.ts";
import { runCommand } from "./commands/run.ts";
import { serveCommand } from "./commands/serve.ts";
import { showCommand } from "./commands/show.ts";
import { workerCommand } from "./commands/worker.ts";
import { Exit, UsageError } from "./exit.ts";

/** Where the CLI looks and what it writes to. */
export interface Context {
  /** The folder that holds `papers` and `packages`. */
  readonly root: string;
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly out: { write(text: string): unknown };
  readonly err: NodeJS.WritableStream & { isTTY?: boolean };
}

/** Exit codes: 0 done, 1 crashed, 2 wrong usage, 3 a kernel was rejected, 130 cancelled. */
export async function cli(
  argv: readonly string[],
  {
    root,
    env = process.env,
    out = process.stdout,
    err = process.stderr,
  }: Partial<Context> & { root: string },
): Promise<number> {
  const context: Context = { root, argv, env, out, err };
  const program = new Command("daily-kernel")
    .description("A daily-papers service in which every paper runs.")
    .configureOutput({
      writeOut: (text) => out.write(text),
      writeErr: (text) => err.write(text),
    })
    .exitOverride()
    .showHelpAfterError("(daily-kernel --help shows what there is)");
  const commands = [
    listCommand,
    showCommand,
    runCommand,
    ledgerCommand,
    compareCommand,
    dataCommand,
    forgeCommand,
    serveCommand,
    ingestCommand,
    digestCommand,
    workerCommand,
    backupCommand,
    restoreCommand,
    adminCommand,
  ];
  for (const command of commands) program.addCommand(command(context));
  for (const command of program.commands) inherit(command, program);

  try {
    await program.parseAsync([...argv], { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof Exit) return error.exitCode;
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const { name, message } = error as Error;
    if (error instanceof UsageError) {
      err.write(`daily-kernel: ${message}\n`);
      return 2;
    }
    if (name === "AbortError") {
      err.write("cancelled; nothing was written\n");
      return 130;
    }
    const { code } = error as { code?: unknown };
    err.write(`daily-kernel: ${typeof code === "string" ? message : (error as Error).stack}\n`);
    return code === "ERR_INPUT" ? 2 : 1;
  }
}

/** Output and exit of the program, for a command and those below it. */
function inherit(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent);
  for (const sub of command.commands) inherit(sub, command);
}
