import type { SourceLanguage } from "./models.ts";
import { stripComments } from "./strip-comments.ts";

/** What a parameter can hold; Python does not say. */
export type ParameterKind = "int" | "float" | "ints" | "floats" | "any";

/** One parameter of a completed function. */
export interface Parameter {
  readonly name: string;
  readonly kind: ParameterKind;
  /** The type of a number in it, as the language writes it. */
  readonly element: string;
  /** Cannot be written to. */
  readonly constant: boolean;
  /** C++: passed as a `std::vector` and not by its address. */
  readonly vector: boolean;
  /** Fortran: its number of dimensions. */
  readonly rank: number;
}

export interface Signature {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** Whether it gives back a value (Python may). */
  readonly returns: boolean;
}

/** Parts between commas that stand in no bracket. */
function split(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (const [at, letter] of [...text].entries()) {
    if ("<([{".includes(letter)) depth++;
    else if (">)]}".includes(letter)) depth--;
    else if (letter === "," && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)].map((part) => part.trim()).filter((part) => part !== "");
}

const cppElement = (type: string): string => {
  const words = type
    .replace(/\b(?:const|restrict|__restrict__|__restrict|std::)\b|[&*]/g, " ")
    .trim();
  const element = /vector\s*<\s*([^>]*?)\s*>/.exec(words)?.[1] ?? words;
  return /^(?:T|\w*real\w*|scalar\w*)$/i.test(element) ? "float" : element.replace(/\s+/g, " ");
};

function cppParameter(text: string): Parameter {
  const plain = text.replace(/=.*$/, "").trim();
  const [, type = "", name = "", brackets = ""] =
    /^(.*?)(\w+)\s*((?:\[[^\]]*\])*)$/s.exec(plain) ?? [];
  const element = cppElement(type);
  const vector = /\bvector\s*</.test(type);
  const many = vector || type.includes("*") || brackets !== "";
  const real = /^(?:float|double|long double)$/.test(element);
  return {
    name,
    kind: real ? (many ? "floats" : "float") : many ? "ints" : "int",
    element,
    constant: many && /\bconst\b/.test(type),
    vector,
    rank: 1,
  };
}

function cppSignatures(source: string): Signature[] {
  const code = stripComments(source, "cpp").replace(/^[ \t]*#.*$/gm, "");
  const pattern = /([A-Za-z_][\w:<>,\s*&]*?[\s*&>])(\w+)\s*\(([^(){};]*)\)\s*(?:noexcept\s*)?\{/g;
  return [...code.matchAll(pattern)].flatMap(([, type = "", name = "", inside = ""]) => {
    if (/^(?:if|for|while|switch|main|return)$/.test(name) || /\b(?:else|return)\s*$/.test(type)) {
      return [];
    }
    const returns = /vector\s*</.test(type) && !/\bvoid\b/.test(type);
    return [{ name, parameters: split(inside).map(cppParameter), returns }];
  });
}

function pythonSignatures(source: string): Signature[] {
  const code = stripComments(source, "python");
  return [...code.matchAll(/^def\s+(\w+)\s*\(([^)]*)\)/gm)].map(([, name = "", inside = ""]) => ({
    name,
    parameters: split(inside.replace(/\s+/g, " "))
      .filter((part) => !part.includes("="))
      .map((part) => ({
        name: part.replace(/:.*/, "").trim(),
        kind: "any" as const,
        element: "",
        constant: false,
        vector: false,
        rank: 1,
      })),
    returns: true,
  }));
}

/** The type and rank of a dummy argument by the declarations in its subroutine. */
function fortranParameter(name: string, body: string): Parameter {
  const line = body
    .split("\n")
    .find((text) => text.includes("::") && new RegExp(`\\b${name}\\b`).test(text.split("::")[1]!));
  const [type = "", names = ""] = line?.split("::") ?? [];
  const own = new RegExp(`\\b${name}\\s*\\(([^()]*(?:\\([^()]*\\)[^()]*)*)\\)`).exec(names)?.[1];
  const shared = /\bdimension\s*\(([^()]*)\)/.exec(type)?.[1];
  const shape = own ?? shared;
  const integer = line === undefined ? /^[i-n]/.test(name) : /^\s*integer\b/.test(type);
  const wide =
    /double precision|kind\s*=\s*8|\(\s*8\s*\)|\*8|real64|kind\s*\(\s*1(?:\.0)?d0\s*\)|\bdp\b|c_double/;
  const real = wide.test(type) ? "real(8)" : "real(4)";
  return {
    name,
    kind: integer ? (shape ? "ints" : "int") : shape ? "floats" : "float",
    element: integer ? (wide.test(type) ? "integer(8)" : "integer(4)") : real,
    constant: /intent\s*\(\s*in\s*\)/.test(type),
    vector: false,
    rank: shape ? split(shape).length : 0,
  };
}

function fortranSignatures(source: string): Signature[] {
  const code = stripComments(source, "fortran");
  const pattern =
    /^\s*(?:pure\s+|recursive\s+)?subroutine\s+(\w+)\s*\(([^)]*)\)([\s\S]*?)^\s*end\s*subroutine/gm;
  return [...code.matchAll(pattern)].map(([, name = "", inside = "", body = ""]) => ({
    name,
    parameters: split(inside).map((parameter) => fortranParameter(parameter, body)),
    returns: false,
  }));
}

/** The functions that a source defines, in order. */
export function signaturesOf(source: string, language: SourceLanguage): readonly Signature[] {
  if (language === "cpp") return cppSignatures(source);
  if (language === "fortran") return fortranSignatures(source);
  return language === "python" ? pythonSignatures(source) : [];
}
