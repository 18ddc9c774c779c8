/** How a run on the server stands, in words; the page says it first, its stream of progress later. */
export const runWords = (run: {
  readonly state: string;
  readonly progress: number;
  readonly doing: string;
  readonly error: string | null;
}): string => {
  if (run.state === "running") return `${Math.round(run.progress * 100)} % · ${run.doing}`;
  if (run.state === "failed") return `failed: ${run.error ?? "for a reason that was not told"}`;
  return run.state === "done" ? "done: its record stands below" : run.state;
};
