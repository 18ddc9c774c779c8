import { dataError } from "@daily-kernel/compute";

/**
 * Some packages ship data as minified UMD bundles whose only module is `x.exports=<literal>`. The
 * literal is read as data: the bundle is never executed.
 */
const exported = /\{1:\[function\([^)]*\)\{[^.]*\.exports=/;
const closing = /\},\{\}\]\},\{\},\[1\]\)\(1\)\}\);?\s*$/;

function literalOf(path: string, text: string): string {
  const start = exported.exec(text);
  const end = closing.exec(text);
  if (start === null || end === null || end.index < start.index) {
    throw dataError(`${path}: not a bundle of one exported literal`);
  }
  return text.slice(start.index + start[0].length, end.index);
}

/** The exported base64 string, decoded. */
export function base64Export(path: string, text: string): Uint8Array {
  const literal = literalOf(path, text);
  if (!/^"[A-Za-z0-9+/]*={0,2}"$/.test(literal)) {
    throw dataError(`${path}: the exported literal is not base64`);
  }
  const binary = atob(literal.slice(1, -1));
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/**
 * The exported object, as JSON. Minifiers write `!0` for true, `!1` for false, leave keys bare and
 * drop the zero before a decimal point; strings are left as they are.
 */
export function jsonExport(path: string, text: string): unknown {
  const token = /"(?:[^"\\]|\\.)*"|!0|!1|[A-Za-z_$][\w$]*(?=:)|(?<![\w.])\.(?=\d)/g;
  const json = literalOf(path, text).replace(token, (found) => {
    if (found === "!0") return "true";
    if (found === "!1") return "false";
    if (found === ".") return "0.";
    return found.startsWith('"') ? found : `"${found}"`;
  });
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    throw dataError(`${path}: the exported literal is not data (${String(error)})`);
  }
}
