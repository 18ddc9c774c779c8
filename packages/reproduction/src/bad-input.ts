/** Throws a `TypeError` with code `ERR_TYPE` unless the condition holds. */
export function require(condition: boolean, message: string): void {
  if (!condition) throw Object.assign(new TypeError(message), { code: "ERR_TYPE" });
}
