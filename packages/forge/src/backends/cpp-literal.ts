import { hashOf } from "./native/cache.ts";

/** A C++ string literal of any text, in parts that every compiler takes. */
export function cppLiteral(text: string): string {
  const mark = `f${hashOf(text).slice(0, 12)}`;
  const parts = text.match(/[\s\S]{1,8000}/g) ?? [""];
  return parts.map((part) => `R"${mark}(${part})${mark}"`).join("\n");
}
