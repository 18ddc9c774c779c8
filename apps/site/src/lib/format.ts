/** A number for reading: four significant digits, `3.2 × 10^-15` for very small and large ones. */
export function prettyNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e7) return value.toLocaleString("en-GB");
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e6)
    return Number(value.toPrecision(4)).toLocaleString("en-GB", { maximumFractionDigits: 6 });
  return prettyExponents(value.toExponential(2).replace(/\.?0*e/, "e"));
}

/** Rewrites the `5e-14` of prose as `5 × 10^-14`. */
export const prettyExponents = (text: string): string =>
  text.replaceAll(/(\d(?:\.\d+)?)e\+?(-?\d+)/g, (_, mantissa: string, exponent: string) =>
    mantissa === "1" ? `10^${exponent}` : `${mantissa} × 10^${exponent}`,
  );

/** A piece of text that stands raised, lowered or on the line. */
export interface Piece {
  readonly at: "line" | "sup" | "sub";
  readonly text: string;
}

const raised = /\^(-?\d+(?:\.\d+)?)/;
const lowered = /(?<=\b[A-Za-z]{1,2})_(\{[^}]+\}|[A-Za-z]{1,9}\b|\d+\b)/;
const either = new RegExp(`${raised.source}|${lowered.source}`, "g");

/** Splits `10^-15`, `x^2`, `I_v` and `A_{p/2}` so that a page can set them properly. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(either)) {
    const [whole, sup, sub] = match;
    if (match.index > end) found.push({ at: "line", text: text.slice(end, match.index) });
    if (sup !== undefined) found.push({ at: "sup", text: sup.replace("-", "−") });
    else if (sub !== undefined) found.push({ at: "sub", text: sub.replaceAll(/[{}]/g, "") });
    end = match.index + whole.length;
  }
  if (end < text.length) found.push({ at: "line", text: text.slice(end) });
  return found;
}

/** A span of time to the second, `1 min 05 s`; `0.4 s` below ten seconds. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60
    ? `${whole} s`
    : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

const properTopics: Readonly<Record<string, string>> = {
  "gaussian-processes": "Gaussian processes",
  "gpu-kernels": "GPU kernels",
  linux: "Linux",
  "quasi-monte-carlo": "quasi-Monte Carlo",
};

/** A topic as it is written, `gpu-kernels` as "GPU kernels". */
export const topicName = (topic: string): string =>
  properTopics[topic] ?? topic.replaceAll("-", " ");

export const verdictWord = {
  holds: "holds",
  fails: "fails",
  inconclusive: "inconclusive",
  "not-measured": "not measured",
} as const;

export const scaleWord = {
  paper: "at the paper's scale",
  desk: "at desk scale",
  simulated: "simulated",
} as const;
