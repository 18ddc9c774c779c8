import { Command } from "commander";
import type { Context } from "../../cli.ts";
import { jsonText } from "../../json-text.ts";
import { loadForgeNode } from "./load.ts";

export const doctorCommand = ({ out }: Context) =>
  new Command("doctor")
    .description("how native code is contained here, and which back ends run")
    .option("--json", "print JSON")
    .option("--unsafe", "also where native code cannot be contained")
    .action(async ({ json, unsafe = false }: { json?: boolean; unsafe?: boolean }) => {
      const { backends, counterTools, isolation } = await loadForgeNode();
      const how = await isolation();
      const found: Record<string, unknown>[] = [];
      for (const backend of backends({ unsafe }))
        found.push({ backend: backend.id, language: backend.language, ...(await backend.probe()) });
      const tools = await counterTools();
      if (json) {
        out.write(jsonText({ isolation: how, backends: found, tools }));
        return;
      }
      const lines = [`isolation  ${how.level}`];
      if (how.level === "sealed")
        lines.push(
          "           user, mount, process, network and IPC namespaces; an unprivileged user; a filter",
          "           on system calls; caps on memory and processes that hold for root too",
        );
      else lines.push(`           missing: ${how.missing}`, `           try: ${how.remedy}`);
      for (const { backend, available, hardware, version, reason, remedy } of found) {
        lines.push(
          available
            ? `${String(backend).padEnd(10)} ${version} on ${hardware}`
            : `${String(backend).padEnd(10)} not here: ${reason}${remedy ? `; ${remedy}` : ""}`,
        );
      }
      lines.push("", "counters of the search:");
      for (const tool of tools) {
        const state = tool.available
          ? `${tool.command} ${tool.version}`
          : `not here: ${tool.reason}; ${tool.remedy}`;
        lines.push(`${tool.tool.padEnd(10)} ${state} (${tool.counters})`);
      }
      out.write(`${lines.join("\n")}\n`);
    });
