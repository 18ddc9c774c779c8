/**
 * The same kernel with its workgroups in the opposite order: workgroup i does the work of the last
 * but i. What workgroups may rely on stays, what they may not (which of them comes first) changes,
 * so a result that differs comes from a race. Returns null where the entry point's parameters are
 * not plain enough to be rewritten (a struct, or attributes in an unusual order).
 *
 * WGSL section 13.3 gives the built-in values: `global_invocation_id` is `workgroup_id` times the
 * size plus `local_invocation_id`.
 */
export function reversed(source: string): string | null {
  const code = withoutComments(source);
  const entry = /\bfn\s+main\s*\(/.exec(code);
  if (entry === null) return null;
  const before = code.slice(0, entry.index);
  const attributes = before.slice(Math.max(before.lastIndexOf("}"), before.lastIndexOf(";")) + 1);
  const size = /@workgroup_size\s*\(([^)]*)\)/.exec(attributes);
  if (size === null) return null;
  const open = entry.index + entry[0].length;
  const close = matching(code, open);
  const body = code.indexOf("{", close);
  if (close < 0 || body < 0) return null;
  const names = new Map<string, string>();
  const types = new Map<string, string>();
  for (const parameter of splitTop(code.slice(open, close))) {
    const found = /^@builtin\s*\(\s*(\w+)\s*\)\s*(\w+)\s*:\s*([\w<>]+)$/.exec(parameter.trim());
    if (found === null) return null;
    names.set(found[1]!, found[2]!);
    types.set(found[1]!, found[3]!);
  }
  const [group, id] = [names.get("workgroup_id"), names.get("global_invocation_id")];
  if (group === undefined && id === undefined) return null;
  names.set("workgroup_id", "forge_group");
  names.set("num_workgroups", names.get("num_workgroups") ?? "forge_groups");
  if (id !== undefined) {
    names.delete("global_invocation_id");
    names.set("local_invocation_id", names.get("local_invocation_id") ?? "forge_local");
  }
  const parameters = [...names].map(
    ([name, variable]) => `@builtin(${name}) ${variable}: ${types.get(name) ?? "vec3<u32>"}`,
  );
  const sides = [...splitTop(size[1]!), "1", "1"].slice(0, 3).map((side) => `u32(${side.trim()})`);
  const local = names.get("local_invocation_id");
  const order = `${names.get("num_workgroups")} - vec3<u32>(1u) - forge_group`;
  const renamed = [
    ...(group === undefined ? [] : [`let ${group} = ${order};`]),
    ...(id === undefined ? [] : [`let ${id} = (${order}) * vec3<u32>(${sides}) + ${local};`]),
  ];
  return `${code.slice(0, open)}${parameters.join(", ")}${code.slice(close, body + 1)} ${renamed.join(" ")}${code.slice(body + 1)}`;
}

/** WGSL without its comments (block comments nest), every line kept. */
export function withoutComments(source: string): string {
  let [out, depth, i] = ["", 0, 0];
  while (i < source.length) {
    const pair = source.slice(i, i + 2);
    if (depth === 0 && pair === "//") {
      while (i < source.length && source[i] !== "\n") i++;
    } else if (pair === "/*" || (depth > 0 && pair === "*/")) {
      depth += pair === "/*" ? 1 : -1;
      if (depth === 0) out += " ";
      i += 2;
    } else {
      if (depth === 0 || source[i] === "\n") out += source[i];
      i++;
    }
  }
  return out;
}

/** The index of the parenthesis that closes the one before `from`; -1 without one. */
function matching(code: string, from: number): number {
  for (let [i, depth] = [from, 1]; i < code.length; i++) {
    if (code[i] === "(") depth++;
    else if (code[i] === ")" && --depth === 0) return i;
  }
  return -1;
}

/** The parts between commas that stand in no brackets; a trailing comma is allowed. */
function splitTop(list: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const char of list) {
    if ("(<[".includes(char)) depth++;
    else if (")>]".includes(char)) depth--;
    if (char === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts.filter((part) => part.trim() !== "");
}
