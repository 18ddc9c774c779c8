import cliProgress from "cli-progress";

/** A progress bar with the time left on a terminal; silent anywhere else. */
export function progressBar(stream: NodeJS.WritableStream & { isTTY?: boolean }) {
  if (!stream.isTTY) return { update() {}, stop() {} };
  const bar = new cliProgress.SingleBar({
    format: "{bar} {percentage} % · {eta_formatted} left · {doing}",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 28,
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false,
    stream,
  });
  bar.start(1000, 0, { doing: "starting" });
  return {
    update: (fraction: number, doing: string) => bar.update(Math.round(fraction * 1000), { doing }),
    stop: () => bar.stop(),
  };
}
