import { halfLives, proseToHtml, voteAging, weights } from "@daily-kernel/feed";
import type { PageServerLoad } from "./$types";

/** A page to read: it needs no script. */
export const csr = false;

/** The numbers of the formula are those that the service computes with. */
export const load: PageServerLoad = () => ({
  formula: proseToHtml("$$S = \\log_2 \\sum_i w_i\\, 2^{t_i / h}$$"),
  halfLives,
  weights,
  voteAging,
});
