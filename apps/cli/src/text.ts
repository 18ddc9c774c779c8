import type { ClaimOutcome } from "@daily-kernel/reproduction";

const marks = { holds: "✓", fails: "✗", inconclusive: "~", "not-measured": "·" } as const;

/** The verdict as a mark and a word: `✓ holds`. */
export const verdictMark = ({ verdict, scale }: Pick<ClaimOutcome, "verdict" | "scale">) =>
  `${marks[verdict]} ${verdict}${scale === "simulated" ? " (simulated)" : ""}:`;

/** Breaks text at spaces so that lines stay within 88 characters. */
export function wrap(text: string, indent = ""): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1)!;
    if (line && line.length + word.length > 87) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines.map((line) => indent + line).join("\n");
}
