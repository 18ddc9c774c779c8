import temml from "temml";

const escapeHtml = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Turns prose with `$...$` mathematics into HTML with MathML; anything else is escaped. */
export function proseToHtml(text: string): string {
  return text
    .split(/\$([^$]+)\$/)
    .map((part, i) =>
      i % 2 ? temml.renderToString(part, { throwOnError: true, annotate: true }) : escapeHtml(part),
    )
    .join("");
}

/** The same prose without mark-up, for titles and search engines. */
export const proseToText = (text: string): string =>
  text.replaceAll(/\$([^$]+)\$/g, (_, tex: string) =>
    tex.replaceAll(/\\(?:mathrm|text|operatorname)\b|[{}\\]/g, ""),
  );
