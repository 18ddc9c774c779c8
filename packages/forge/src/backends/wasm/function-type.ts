/** The value types of the binary format that may stand in a signature. */
const valueTypes: Readonly<Record<number, string>> = {
  127: "i32",
  126: "i64",
  125: "f32",
  124: "f64",
  123: "v128",
  112: "funcref",
  111: "externref",
};

const TYPES = 1;
const IMPORTS = 2;
const FUNCTIONS = 3;
const EXPORTS = 7;
const FUNCTION = 0;

/** Reads a module that an engine has compiled, so that nothing in it can be malformed. */
class Reader {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.at = at;
  }

  get ended(): boolean {
    return this.at >= this.#bytes.length;
  }

  byte(): number {
    return this.#bytes[this.at++] ?? 0;
  }

  /** A number in LEB128. */
  number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  name(): string {
    const length = this.number();
    this.at += length;
    return new TextDecoder().decode(this.#bytes.subarray(this.at - length, this.at));
  }

  list<T>(read: () => T): T[] {
    return Array.from({ length: this.number() }, read);
  }

  valueType(): string {
    const byte = this.byte();
    // A reference to a type of the module's own: its number follows.
    if (byte === 0x63 || byte === 0x64) this.number();
    return valueTypes[byte] ?? "a reference";
  }

  limits(): void {
    const flags = this.byte();
    this.number();
    if (flags & 1) this.number();
  }
}

/**
 * The signature of an exported function of a valid WebAssembly module, such as
 * `(i32, i32, i32) -> i32`; undefined where nothing of that name is exported or it is no function,
 * and `unknown` in a module that defines other types than functions. Core specification 2.0, chapter 5.
 */
export function exportedFunctionType(bytes: Uint8Array, name: string): string | undefined {
  const reader = new Reader(bytes, 8);
  let types: string[] = [];
  const functions: number[] = [];
  const readers: Readonly<Record<number, () => string | undefined>> = {
    [TYPES]: () => {
      let plain = true;
      types = reader.list(() => {
        plain &&= reader.byte() === 0x60;
        if (!plain) return "";
        const [from, to] = [0, 1].map(() => reader.list(() => reader.valueType()).join(", "));
        return `(${from}) -> ${to || "nothing"}`;
      });
      return plain ? undefined : "unknown";
    },
    [IMPORTS]: () => {
      reader.list(() => {
        reader.name();
        reader.name();
        const kind = reader.byte();
        if (kind === FUNCTION) functions.push(reader.number());
        else if (kind === 1) {
          reader.valueType();
          reader.limits();
        } else if (kind === 2) reader.limits();
        else if (kind === 3) {
          reader.valueType();
          reader.byte();
        } else {
          reader.byte();
          reader.number();
        }
      });
      return undefined;
    },
    [FUNCTIONS]: () => {
      functions.push(...reader.list(() => reader.number()));
      return undefined;
    },
    [EXPORTS]: () => {
      const all = reader.list(() => [reader.name(), reader.byte(), reader.number()] as const);
      const found = all.find(([each, kind]) => each === name && kind === FUNCTION);
      return found && types[functions[found[2]]!];
    },
  };
  while (!reader.ended) {
    const section = reader.byte();
    const length = reader.number();
    const next = reader.at + length;
    const said = readers[section]?.();
    if (said !== undefined) return said;
    reader.at = next;
  }
  return undefined;
}
