import type { PaperView } from "@daily-kernel/feed";

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

type Cited = Pick<PaperView, "id" | "title" | "authors" | "authorCount" | "publishedAt">;

/** A citation of the paper's arXiv version. Authors whose names are not known are left out. */
export function bibtex(paper: Cited): string {
  const year = paper.publishedAt.toISOString().slice(0, 4);
  const first = paper.authors[0]?.name.split(" ").at(-1);
  const word = paper.title.split(/\s+/).find((w) => w.length > 3) ?? "";
  const authors = paper.authors.map(({ name }) => escapeTex(name));
  if (authors.length > 0 && authors.length < paper.authorCount) authors.push("others");
  const fields = [
    // Braces keep the title's capitals.
    ["title", `{${escapeTex(paper.title)}}`],
    ...(authors.length > 0 ? [["author", authors.join(" and ")]] : []),
    ["year", year],
    ["eprint", paper.id],
    ["archivePrefix", "arXiv"],
    ["url", `https://arxiv.org/abs/${paper.id}`],
  ];
  const key = `${ascii(first ?? "arxiv")}${year}${ascii(word)}`;
  return `@misc{${key},\n${fields.map(([k, v]) => `  ${k} = {${v}},`).join("\n")}\n}`;
}
