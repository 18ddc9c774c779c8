import { join } from "node:path";
import { Command } from "commander";
import type { Context } from "../cli.ts";
import { Exit } from "../exit.ts";
import { handOver } from "../hand-over.ts";
import { integer } from "../integer.ts";
import { configOf } from "../operate.ts";

export const serveCommand = (context: Context) =>
  new Command("serve")
    .description("start the service: pages, API, jobs and mail in one process")
    .option("--port <number>", "port to listen on (default: PORT, or 3000)", integer(0, 65535))
    .option("--host <name>", "address to listen on (default: HOST, or localhost)")
    .addHelpText("after", "\nThe environment says the rest: see docs/running.md.")
    .action(async ({ port, host }: { port?: number; host?: string }) => {
      await configOf(context);
      const env = {
        ...context.env,
        ...(port !== undefined && { PORT: String(port) }),
        ...(host !== undefined && { HOST: host }),
      };
      const code = await handOver(join(context.root, "apps/site/serve.ts"), [], env);
      if (code) throw new Exit(code);
    });
