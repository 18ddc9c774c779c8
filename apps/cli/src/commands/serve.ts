import { join } from "node:path";
import { Command } from "commander";
import type { Context } from "../cli.ts";
import { Exit } from "../exit.ts";
import { handOver } from "../hand-over.ts";
import { integer } from "../integer.ts";

export const serveCommand = ({ root }: Context) =>
  new Command("serve")
    .description("start the site")
    .option("--port <number>", "port to listen on", integer(0, 65535), 3000)
    .option("--host <name>", "address to listen on", "localhost")
    .action(async ({ port, host }: { port: number; host: string }) => {
      const env = { ...process.env, PORT: String(port), HOST: host };
      const code = await handOver(join(root, "apps/site/serve.ts"), [], env);
      if (code) throw new Exit(code);
    });
