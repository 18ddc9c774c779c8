import type { Paper } from "@daily-kernel/reproduction";

const special: Record<string, string> = {
  "\\": "\\textbackslash{}",
  "&": "\\&",
  "%": "\\%",
  $: "\\$",
  "#": "\\#",
  _: "\\_",
  "{": "\\{",
  "}": "\\}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};
const escapeTex = (text: string) => text.replace(/[\\&%$#_{}~^]/g, (c) => special[c] ?? c);

const ascii = (text: string) =>
  text
    .replaceAll("ø", "o")
    .replaceAll("Ø", "O")
    .normalize("NFKD")
    .replaceAll(/[^A-Za-z0-9]/g, "")
    .toLowerCase();

/** A citation of the paper's arXiv version. Authors whose names are not known are left out. */
export function bibtex(paper: Paper): string {
  const year = paper.submitted.slice(0, 4);
  const first = paper.authors[0]?.split(" ").at(-1);
  const word = paper.title.split(/\s+/).find((w) => w.length > 3) ?? paper.slug;
  const authors = paper.authors.map(escapeTex);
  if (authors.length > 0 && authors.length < paper.authorCount) authors.push("others");
  const fields = [
    // Braces keep the title's capitals.
    ["title", `{${escapeTex(paper.title)}}`],
    ...(authors.length > 0 ? [["author", authors.join(" and ")]] : []),
    ["year", year],
    ["eprint", paper.arxiv],
    ["archivePrefix", "arXiv"],
    ["url", `https://arxiv.org/abs/${paper.arxiv}`],
  ];
  const key = `${first ? ascii(first) : ascii(paper.slug)}${year}${ascii(word)}`;
  return `@misc{${key},\n${fields.map(([k, v]) => `  ${k} = {${v}},`).join("\n")}\n}`;
}
