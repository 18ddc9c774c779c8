import type { Lab } from "@daily-kernel/reproduction";
import type paper from "./paper.ts";

/** The lab of this room: it knows the paper's claims. */
export type PaperLab = Lab<(typeof paper)["claims"][number]["id"]>;
