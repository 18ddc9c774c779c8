import { domainError, typeError, unsupportedError } from "./errors.ts";

/** A short word for a value in a message: `null`, `-1`, `"UPPER"`, `string`, `Int8Array`. */
function describe(value: unknown): string {
  if (typeof value === "string") return value.length <= 40 ? JSON.stringify(value) : "a string";
  if (typeof value === "object" && value !== null) return value.constructor?.name ?? "an object";
  if (typeof value === "function") return "a function";
  return typeof value === "bigint" ? `${value}n` : String(value);
}

/** Throws `ERR_TYPE` unless `ok`: `f: x must be a function, got null`. */
export function checkType(
  ok: boolean,
  fn: string,
  name: string,
  expected: string,
  value: unknown,
): asserts ok {
  if (!ok) throw typeError(`${fn}: ${name} must be ${expected}, got ${describe(value)}`);
}

/** Throws `ERR_TYPE` unless `value` is an object: options, a job, a module. */
export function checkObject(fn: string, name: string, value: unknown): void {
  checkType(typeof value === "object" && value !== null, fn, name, "an object", value);
}

/** Throws `ERR_TYPE` unless `value` is a boolean. */
export function checkFlag(fn: string, name: string, value: unknown): void {
  checkType(typeof value === "boolean", fn, name, "a boolean", value);
}

/** Throws `ERR_TYPE` unless `value` is an AbortSignal, of whatever realm, or undefined. */
export function checkSignal(fn: string, name: string, value: unknown): void {
  const method = (key: keyof AbortSignal) =>
    typeof (value as Partial<AbortSignal> | null)?.[key] === "function";
  const ok = value === undefined || (method("throwIfAborted") && method("addEventListener"));
  checkType(ok, fn, name, "an AbortSignal", value);
}

/** Throws `ERR_TYPE` unless `options` has a `signal` and an `onProgress` of the right kinds, if any. */
export function checkRunOptions(fn: string, options: unknown): void {
  checkObject(fn, "options", options);
  const { signal, onProgress } = options as Record<string, unknown>;
  checkSignal(fn, "options.signal", signal);
  const ok = onProgress === undefined || typeof onProgress === "function";
  checkType(ok, fn, "options.onProgress", "a function", onProgress);
}

/** Throws unless `value` is a whole number >= 0: `ERR_TYPE` if no number, else `ERR_DOMAIN`. */
export function checkSize(fn: string, name: string, value: unknown): asserts value is number {
  checkType(typeof value === "number", fn, name, "a number", value);
  if (!(Number.isSafeInteger(value) && (value as number) >= 0)) {
    throw domainError(`${fn}: ${name} must be a whole number >= 0, got ${value}`);
  }
}

/** Throws `ERR_TYPE` unless `value` is an object with a length. */
export function checkArrayLike(
  fn: string,
  name: string,
  expected: string,
  value: unknown,
): asserts value is ArrayLike<unknown> {
  const { length } = typeof value === "object" ? ((value ?? {}) as ArrayLike<unknown>) : {};
  checkType(Number.isSafeInteger(length) && length! >= 0, fn, name, expected, value);
}

/** Throws `ERR_TYPE` unless `value` is an array, a typed array or the like that holds numbers only. */
export function checkNumbers(
  fn: string,
  name: string,
  value: unknown,
): asserts value is ArrayLike<number> {
  if (value instanceof Float64Array || value instanceof Float32Array) return;
  checkArrayLike(fn, name, "an array of numbers", value);
  for (let i = 0; i < value.length; i++) {
    checkType(typeof value[i] === "number", fn, `${name}[${i}]`, "a number", value[i]);
  }
}

/** `new type(length)`; throws `ERR_UNSUPPORTED` where the runtime has no room for that. */
export function allocate<A>(fn: string, type: new (length: number) => A, length: number): A {
  try {
    return new type(length);
  } catch {
    throw unsupportedError(
      `${fn}: this runtime cannot allocate an array of ${length} numbers; use smaller sizes`,
    );
  }
}
