/**
 * Seconds left at the pace so far, `null` while too little is done to tell. The pace is that of the
 * whole run, so a slow first step does not make the number jump.
 */
export function secondsLeft(fraction: number, elapsed: number): number | null {
  if (fraction < 0.02 || elapsed < 0.5) return null;
  return (elapsed * (1 - fraction)) / fraction;
}
