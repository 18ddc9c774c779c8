const superscript = (digits: string) =>
  digits.replace(/[-\d]/g, (c) => (c === "-" ? "⁻" : ("⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)] ?? c)));

/** A number for reading: four significant digits, `3.2 × 10⁻¹⁵` for very small and large ones. */
export function prettyNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e7) return value.toLocaleString("en-GB");
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e6)
    return Number(value.toPrecision(4)).toLocaleString("en-GB", { maximumFractionDigits: 6 });
  const [mantissa = "", exponent = ""] = value.toExponential(2).split("e");
  const power = `10${superscript(exponent.replace("+", ""))}`;
  return Number(mantissa) === 1 ? power : `${Number(mantissa)} × ${power}`;
}

/** Rewrites the `1e-14` of a criterion as `10⁻¹⁴`. */
export const prettyExponents = (text: string): string =>
  text.replaceAll(/(\d(?:\.\d+)?)e([+-]?\d+)/g, (_, mantissa: string, exponent: string) => {
    const power = `10${superscript(exponent.replace("+", ""))}`;
    return mantissa === "1" ? power : `${mantissa} × ${power}`;
  });

/** A span of time to the second, `1 min 05 s`; `0.4 s` below ten seconds. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60
    ? `${whole} s`
    : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

export const topicName = (topic: string): string => topic.replaceAll("-", " ");

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
