import { redact } from "@daily-kernel/feed/node";
import { type Logger, pino } from "pino";
import type { LogLevel } from "./config.ts";

export type { Logger };

/** One JSON object a line on standard error (standard output is for people), without secrets. */
export const openLog = (
  level: LogLevel,
  stream: { write(text: string): unknown } = process.stderr,
): Logger =>
  pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: (error) => error },
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => redact(fields) as Record<string, unknown>,
      },
    },
    { write: (text) => void stream.write(text) },
  );
