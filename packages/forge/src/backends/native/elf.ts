import { dataError } from "@daily-kernel/compute";

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

interface Section {
  readonly type: number;
  readonly offset: number;
  readonly bytes: number;
  readonly link: number;
}

const HEADER_BYTES = 64;
const SECTION_BYTES = 64;
const SYMBOL_BYTES = 24;
const ENTRY_BYTES = 16;
const SHT_STRTAB = 3;
const SHT_DYNAMIC = 6;
const SHT_DYNSYM = 11;
const DT_NEEDED = 1n;
const STT_FUNC = 2;
const STT_GNU_IFUNC = 10;

const bad = (what: string) => dataError(`readElf: ${what}`);

/** An offset or size, which is a number of the file's own. */
function word(file: Buffer, at: number, what: string): number {
  const value = file.readBigUInt64LE(at);
  if (value > BigInt(file.length)) throw bad(`${what} lies beyond the end of the file`);
  return Number(value);
}

function sectionsOf(file: Buffer): Section[] {
  const at = word(file, 40, "the table of sections");
  const size = file.readUInt16LE(58);
  const count = file.readUInt16LE(60);
  if (count > 0 && size < SECTION_BYTES) throw bad(`sections of ${size} bytes are too short`);
  if (at + count * size > file.length) throw bad("the table of sections is cut off");
  return Array.from({ length: count }, (_, i) => {
    const start = at + i * size;
    const type = file.readUInt32LE(start + 4);
    const link = file.readUInt32LE(start + 40);
    // Others may take no room in the file, or lie to nobody's harm: they are not read.
    if (type !== SHT_DYNAMIC && type !== SHT_DYNSYM && type !== SHT_STRTAB)
      return { type, offset: 0, bytes: 0, link };
    const offset = word(file, start + 24, `section ${i}`);
    const bytes = word(file, start + 32, `section ${i}`);
    if (offset + bytes > file.length) throw bad(`section ${i} is cut off`);
    return { type, offset, bytes, link };
  });
}

/**
 * Reads the dynamic symbols and needed libraries of a 64-bit little-endian ELF file (System V ABI,
 * chapters 4 and 5).
 *
 * @throws Error `ERR_DATA` for anything else, however broken; never reads beyond the file.
 */
export function readElf(file: Buffer): ElfObject {
  if (file.length < HEADER_BYTES || file.readUInt32BE(0) !== 0x7f454c46)
    throw bad("it is no ELF file");
  if (file[4] !== 2 || file[5] !== 1) throw bad("it is not of 64 bits, the least first");
  const sections = sectionsOf(file);
  const only = (type: number, what: string): Section | undefined => {
    const found = sections.filter((section) => section.type === type);
    if (found.length > 1) throw bad(`it has ${found.length} ${what}`);
    return found[0];
  };
  const text = ({ link }: Section, offset: number): string => {
    const strings = sections[link];
    if (strings === undefined || offset >= strings.bytes)
      throw bad("a name lies outside its table");
    const from = strings.offset + offset;
    const end = file.indexOf(0, from);
    if (end < 0 || end >= strings.offset + strings.bytes) throw bad("a name has no end");
    return file.toString("latin1", from, end);
  };
  const needed: string[] = [];
  const dynamic = only(SHT_DYNAMIC, "dynamic sections");
  for (let i = 0; dynamic && (i + 1) * ENTRY_BYTES <= dynamic.bytes; i++) {
    const entry = dynamic.offset + i * ENTRY_BYTES;
    if (file.readBigInt64LE(entry) === DT_NEEDED)
      needed.push(text(dynamic, word(file, entry + 8, "a name")));
  }
  const symbols: ElfSymbol[] = [];
  const table = only(SHT_DYNSYM, "tables of dynamic symbols");
  // The first is nobody's.
  for (let i = 1; table && (i + 1) * SYMBOL_BYTES <= table.bytes; i++) {
    const entry = table.offset + i * SYMBOL_BYTES;
    const kind = file.readUInt8(entry + 4) & 15;
    symbols.push({
      name: text(table, file.readUInt32LE(entry)),
      defined: file.readUInt16LE(entry + 6) !== 0,
      callable: kind === STT_FUNC || kind === STT_GNU_IFUNC,
    });
  }
  return { needed, symbols };
}
