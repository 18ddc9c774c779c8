import { dirname } from "node:path";
import { type Dataset, datasets } from "@daily-kernel/datasets";
import { nodeSource } from "@daily-kernel/datasets/node";
import { Command } from "commander";
import { abortOnSignal } from "../abort-on-signal.ts";
import type { Context } from "../cli.ts";
import { UsageError } from "../exit.ts";
import { jsonText } from "../json-text.ts";
import { progressBar } from "../progress.ts";

function findDataset(name: string): Dataset<unknown> {
  const found = datasets.find((dataset) => dataset.name === name);
  if (found) return found;
  const names = datasets.map((dataset) => dataset.name).join(", ");
  throw new UsageError(`there is no data set "${name}"; there are ${names}`);
}

const megabytes = (dataset: Dataset<unknown>) =>
  `${(dataset.files.reduce((sum, file) => sum + file.bytes, 0) / 1e6).toFixed(1)} MB`;

const list = ({ out }: Context) =>
  new Command("list")
    .description("every data set, whether it is here, its licence")
    .option("--json", "print JSON")
    .action(async ({ json }: { json?: boolean }) => {
      const statuses = await nodeSource().list();
      if (json) {
        const rows = statuses.map(({ dataset: { name, title, licence, origin }, state, how }) => ({
          name,
          title,
          licence: licence.name,
          origin,
          state,
          how,
        }));
        out.write(jsonText(rows));
        return;
      }
      for (const { dataset, state, how } of statuses)
        out.write(
          `${dataset.name.padEnd(20)} ${state.padEnd(10)} ${megabytes(dataset).padStart(9)}  ${dataset.title} (${dataset.licence.name})\n${" ".repeat(21)}${how}\n`,
        );
    });

const get = ({ out, err }: Context) =>
  new Command("get")
    .description("fetch a data set into the cache, checked against its SHA-256")
    .argument("<name>", "the data set's name")
    .action(async (name: string) => {
      const dataset = findDataset(name);
      const bar = progressBar(err);
      const { signal } = abortOnSignal();
      const paths = await nodeSource()
        .get(dataset, {
          signal,
          onProgress: ({ phase, done, total }) =>
            bar.update(total ? done / total : 0, `${phase} ${name} (${megabytes(dataset)})`),
        })
        .finally(() => bar.stop());
      for (const path of paths.values()) out.write(`${path}\n`);
    });

const path = ({ out }: Context) =>
  new Command("path")
    .description("where a data set's files are, or the cache folder")
    .argument("[name]", "the data set's name")
    .action(async (name?: string) => {
      const source = nodeSource();
      if (name === undefined) {
        out.write(`${source.cacheDir}\n`);
        return;
      }
      const paths = [...(await source.pathOf(findDataset(name).name)).values()];
      const folders = new Set(paths.map((file) => dirname(file)));
      out.write(`${(folders.size === 1 ? [...folders] : paths).join("\n")}\n`);
    });

export const dataCommand = (context: Context) => {
  const command = new Command("data").description(
    "the data sets: what there is, and how to get it",
  );
  for (const sub of [list, get, path]) command.addCommand(sub(context));
  return command;
};
