import type { Language } from "../session/backend.ts";

/** What fences of a language call themselves. */
const names: Readonly<Record<Language, readonly string[]>> = {
  assemblyscript: ["assemblyscript", "as", "typescript", "ts"],
  c: ["c"],
  cpp: ["cpp", "c++", "cc", "cxx", "c"],
  cuda: ["cuda", "cu", "cpp", "c++"],
  fortran: ["fortran", "f90", "f95"],
  opencl: ["opencl", "cl", "c"],
  python: ["python", "py"],
  wgsl: ["wgsl"],
};

const fence = /^[ \t]*(`{3,}|~{3,})[ \t]*([\w+#.-]*)[^\n]*$/;

interface Block {
  readonly name: string;
  readonly code: string;
}

/** The fenced blocks of a text, in order; one that nothing closes reaches to the end. */
function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open: { mark: string; name: string; lines: string[] } | null = null;
  for (const line of text.replaceAll("\r\n", "\n").split("\n")) {
    const found = fence.exec(line);
    if (open === null) {
      if (found) open = { mark: found[1]!, name: found[2]!.toLowerCase(), lines: [] };
    } else if (found && found[2] === "" && found[1]!.startsWith(open.mark)) {
      blocks.push({ name: open.name, code: open.lines.join("\n") });
      open = null;
    } else open.lines.push(line);
  }
  if (open !== null) blocks.push({ name: open.name, code: open.lines.join("\n") });
  return blocks;
}

/**
 * The source in a model's reply: the first fence of the language, else the first one without a
 * name, else the first; a fence that is not closed reaches to the end; without any the whole reply.
 */
export function extractCode(reply: string, language: Language): string {
  const blocks = blocksOf(reply).filter(({ code }) => code.trim() !== "");
  const chosen =
    blocks.find(({ name }) => names[language].includes(name)) ??
    blocks.find(({ name }) => name === "") ??
    blocks[0];
  return `${(chosen?.code ?? reply).trim()}\n`;
}
