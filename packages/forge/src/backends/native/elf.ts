/** A symbol of a shared object's dynamic table. */
interface ElfSymbol {
  readonly name: string;
  readonly defined: boolean;
  /** A function, or one that is chosen when the object is loaded. */
  readonly callable: boolean;
}

/** What a shared object asks for and offers. */
export interface ElfObject {
  readonly needed: readonly string[];
  readonly symbols: readonly ElfSymbol[];
}

const SHT_DYNAMIC = 6;
const SHT_DYNSYM = 11;
const DT_NEEDED = 1n;
const STT_FUNC = 2;
const STT_GNU_IFUNC = 10;

/**
 * Reads the dynamic symbols and needed libraries of a 64-bit little-endian ELF file (System V ABI,
 * chapters 4 and 5).
 *
 * @throws RangeError for anything else.
 */
export function readElf(file: Buffer): ElfObject {
  if (file.length < 64 || file.readUInt32BE(0) !== 0x7f454c46 || file[4] !== 2 || file[5] !== 1)
    throw new RangeError("readElf: file must be a 64-bit little-endian ELF file");
  const at = Number(file.readBigUInt64LE(40));
  const size = file.readUInt16LE(58);
  const count = file.readUInt16LE(60);
  const sections = Array.from({ length: count }, (_, i) => {
    const start = at + i * size;
    return {
      type: file.readUInt32LE(start + 4),
      offset: Number(file.readBigUInt64LE(start + 24)),
      bytes: Number(file.readBigUInt64LE(start + 32)),
      link: file.readUInt32LE(start + 40),
    };
  });
  const text = (link: number, offset: number) => {
    const from = (sections[link]?.offset ?? 0) + offset;
    return file.toString("latin1", from, file.indexOf(0, from));
  };
  const needed: string[] = [];
  const symbols: ElfSymbol[] = [];
  for (const { type, offset, bytes, link } of sections) {
    if (type === SHT_DYNAMIC) {
      for (let entry = offset; entry < offset + bytes; entry += 16) {
        if (file.readBigInt64LE(entry) === DT_NEEDED)
          needed.push(text(link, Number(file.readBigUInt64LE(entry + 8))));
      }
    }
    if (type === SHT_DYNSYM) {
      for (let entry = offset + 24; entry < offset + bytes; entry += 24) {
        const kind = (file[entry + 4] ?? 0) & 15;
        symbols.push({
          name: text(link, file.readUInt32LE(entry)),
          defined: file.readUInt16LE(entry + 6) !== 0,
          callable: kind === STT_FUNC || kind === STT_GNU_IFUNC,
        });
      }
    }
  }
  return { needed, symbols };
}
