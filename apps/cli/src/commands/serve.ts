import { spawn } from "node:child_process";
import { join } from "node:path";
import { Command } from "commander";
import type { Context } from "../cli.ts";
import { Exit } from "../exit.ts";

export const serveCommand = ({ root }: Context) =>
  new Command("serve")
    .description("start the site")
    .option("--port <number>", "port to listen on", "3000")
    .option("--host <name>", "address to listen on", "localhost")
    .action(async ({ port, host }: { port: string; host: string }) => {
      const child = spawn(process.execPath, [join(root, "apps/site/serve.ts")], {
        stdio: "inherit",
        env: { ...process.env, PORT: port, HOST: host },
      });
      for (const signal of ["SIGINT", "SIGTERM"] as const)
        process.on(signal, () => child.kill(signal));
      const code = await new Promise<number | null>((resolve) => child.on("exit", resolve));
      if (code) throw new Exit(code);
    });
