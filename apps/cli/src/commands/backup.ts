import { createReadStream, createWriteStream, existsSync, renameSync, rmSync } from "node:fs";
import { basename } from "node:path";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { Command } from "commander";
import type { Context } from "../cli.ts";
import { UsageError } from "../exit.ts";
import { configOf, loadService, operate } from "../operate.ts";

const zipped = (file: string) => file.endsWith(".gz");

const rowsOf = (rows: Readonly<Record<string, number>>) =>
  Object.values(rows).reduce((sum, count) => sum + count, 0);

export const backupCommand = (context: Context) =>
  new Command("backup")
    .description("save everything that the database holds to a file, while the service runs")
    .argument("[file]", "where to; - is standard output, and .gz at its end packs it")
    .addHelpText(
      "after",
      "\nIt is text, a JSON value a line, that later versions and both kinds of database read. It holds\nmail addresses and keys: keep it where nobody else reads.",
    )
    .action(async (name?: string) => {
      const file = name ?? `daily-kernel-${new Date().toISOString().slice(0, 10)}.ndjson.gz`;
      if (file === "-") {
        await operate(context, "backup", {}, { onData: (text) => void context.out.write(text) });
        return;
      }
      if (existsSync(file)) throw new UsageError(`${file} is there already: choose another name`);
      const part = `${file}.${process.pid}.part`;
      try {
        const target = createWriteStream(part, { mode: 0o600, flags: "wx" });
        const written = finished(target);
        // Whoever writes next hears of it.
        written.catch(() => {});
        const gzip = zipped(file) ? createGzip() : null;
        gzip?.pipe(target);
        const sink: Writable = gzip ?? target;
        const onData = (text: string) =>
          new Promise<void>((resolve, reject) => {
            written.catch(reject);
            sink.write(text, (error) => (error ? reject(error) : resolve()));
          });
        const { rows } = await operate(context, "backup", {}, { onData }).catch((error) => {
          target.destroy();
          throw error;
        });
        sink.end();
        await written;
        renameSync(part, file);
        context.out.write(`${rowsOf(rows)} rows in ${file}\n`);
      } finally {
        rmSync(part, { force: true });
      }
    });

/** A backup's text. The file is opened when it is read, so that there is somebody to hear of errors. */
async function* textOf(file: string): AsyncGenerator<Uint8Array> {
  const input = file === "-" ? process.stdin : createReadStream(file);
  const text = zipped(file) ? input.pipe(createGunzip()) : input;
  input.on("error", (error) => text.destroy(error));
  yield* text;
}

export const restoreCommand = (context: Context) =>
  new Command("restore")
    .description("fill an empty database from a backup: all of it, or nothing")
    .argument("<file>", "what daily-kernel backup made; - is standard input")
    .addHelpText(
      "after",
      "\nInto a new folder (DAILY_KERNEL_DIR) or an empty Postgres database (DATABASE_URL), with the\nserver stopped.",
    )
    .action(async (file: string) => {
      if (file !== "-" && !existsSync(file)) throw new UsageError(`there is no file ${file}`);
      const config = await configOf(context);
      const { restoreBackup } = await loadService();
      const { rows } = await restoreBackup(config, textOf(file));
      context.out.write(`${rowsOf(rows)} rows from ${basename(file)}\n`);
    });
