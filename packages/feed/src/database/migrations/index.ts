import type { Migration } from "kysely";
import { initial } from "./001-initial.ts";
import { kernels } from "./002-kernels.ts";
import { sweeps } from "./003-sweeps.ts";

/** In the order of their names; a migration that was released is never changed. */
export const migrations: Record<string, Migration> = {
  "001-initial": initial,
  "002-kernels": kernels,
  "003-sweeps": sweeps,
};
