import type { Lab } from "@daily-kernel/reproduction";
import type paper from "./paper.ts";

/** The lab of this room: it knows the paper's claims. */
export type PaperLab = Lab<(typeof paper)["claims"][number]["id"]>;

/** Reports the share of a piece of work that is done as progress `from` .. `to` of the run. */
export const between =
  (lab: PaperLab, from: number, to: number, doing: string) =>
  (done: number): Promise<void> =>
    lab.progress(from + (to - from) * done, doing);

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, v) => sum + v, 0) / values.length;
