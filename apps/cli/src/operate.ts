import type { Config, VerbArgs, VerbName, VerbResult } from "@daily-kernel/service";
import { abortOnSignal } from "./abort-on-signal.ts";
import type { Context } from "./cli.ts";
import { UsageError } from "./exit.ts";
import { progressBar } from "./progress.ts";

/** The service is large: commands that do not need it do without. */
export const loadService = () => import("@daily-kernel/service");

/** The configuration that the environment gives; commands log errors only, unless told otherwise. */
export async function configOf({ env, root }: Context): Promise<Config> {
  const { ConfigError, readConfig } = await loadService();
  try {
    return readConfig({ ...env, LOG_LEVEL: env.LOG_LEVEL || "error" }, { root });
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.message);
    throw error;
  }
}

export interface OperateOptions {
  /** Receives what the verb puts out besides its result. */
  readonly onData?: (text: string) => void | Promise<void>;
  /** Prints progress as lines where there is no terminal; for what runs on and on. */
  readonly lines?: boolean;
}

/**
 * Asks the service for something: inside the server that has the data directory, or here where none
 * runs. Ctrl-C cancels it there.
 */
export async function operate<Name extends VerbName>(
  context: Context,
  name: Name,
  args: VerbArgs<Name>,
  { onData = () => {}, lines = false }: OperateOptions = {},
): Promise<VerbResult<Name>> {
  const { root, err } = context;
  const config = await configOf(context);
  const { openLog, runVerb } = await loadService();
  const bar = lines ? null : progressBar(err);
  const { signal, release } = abortOnSignal();
  const io = {
    signal,
    progress: (doing: string, fraction = 0) => {
      if (bar) bar.update(fraction, doing);
      else err.write(`${doing}\n`);
    },
    data: async (text: string) => onData(text),
  };
  try {
    return await runVerb(name, args, { config, root, log: openLog(config.logLevel, err), io });
  } finally {
    bar?.stop();
    release();
  }
}
