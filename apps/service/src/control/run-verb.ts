import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { DataDirectoryInUse } from "@daily-kernel/feed/node";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import { openCore } from "../service.ts";
import type { VerbIo } from "../verbs/verb.ts";
import { type VerbArgs, type VerbName, type VerbResult, verbs } from "../verbs/verbs.ts";
import type { ControlMessage, ServerFile } from "./messages.ts";
import { readServerFile } from "./server-file.ts";

/** The server refused or broke off what was asked of it. */
class VerbFailed extends Error {
  readonly code: string;
  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Runs a verb where the database is: here, where nobody else has the data directory (or there is a
 * database server), or else inside the process that has it.
 * @throws DataDirectoryInUse if a process has it that takes no commands.
 */
export async function runVerb<Name extends VerbName>(
  name: Name,
  args: VerbArgs<Name>,
  { config, root, log, io }: { config: Config; root: string; log: Logger; io: VerbIo },
): Promise<VerbResult<Name>> {
  const service = await openCore(config, { root, log }).catch((error: unknown) => {
    if (error instanceof DataDirectoryInUse) return null;
    throw error;
  });
  if (service) {
    try {
      const verb = verbs[name] as (...all: unknown[]) => Promise<VerbResult<Name>>;
      return await verb(service, args, io);
    } finally {
      await service.close();
    }
  }
  const server = readServerFile(config.dataDirectory);
  if (!server)
    throw new DataDirectoryInUse(
      `another command has ${config.dataDirectory} open: wait until it has ended`,
    );
  return (await ask(server, name, args, io)) as VerbResult<Name>;
}

async function ask(server: ServerFile, name: string, args: unknown, io: VerbIo): Promise<unknown> {
  const reply = await fetch(`${server.url}/${name}`, {
    method: "POST",
    headers: { authorization: `Bearer ${server.token}` },
    body: JSON.stringify(args),
    signal: io.signal,
  }).catch((error: Error) => {
    io.signal.throwIfAborted();
    throw new VerbFailed(
      `the server (process ${server.pid}) has the data, but does not answer: ${error.message}`,
      "ERR_NO_ANSWER",
    );
  });
  if (!reply.ok || !reply.body)
    throw new VerbFailed(
      `the server (process ${server.pid}) answers ${reply.status}`,
      "ERR_REFUSED",
    );
  const body = Readable.fromWeb(reply.body as never);
  const lines = createInterface({ input: body });
  // What breaks after the loop was left is nobody's concern any more.
  lines.on("error", () => {});
  try {
    for await (const line of lines) {
      const message = JSON.parse(line) as ControlMessage;
      if (message.type === "progress") io.progress(message.doing, message.fraction);
      else if (message.type === "data") await io.data(message.text);
      else if (message.type === "result") return message.value;
      else throw new VerbFailed(message.message, message.code ?? "ERR_VERB");
    }
  } finally {
    body.on("error", () => {});
    body.destroy();
  }
  io.signal.throwIfAborted();
  throw new VerbFailed("the server ended before the command did", "ERR_NO_ANSWER");
}
