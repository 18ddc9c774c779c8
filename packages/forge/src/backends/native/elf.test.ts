import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readElf } from "./elf.ts";

interface Part {
  readonly type: number;
  readonly link?: number;
  readonly bytes: Buffer;
}

/** A file of a header, the parts and the table of sections that tells where they are. */
function elf(parts: readonly Part[]): Buffer {
  const header = Buffer.alloc(64);
  header.write("\x7fELF\x02\x01\x01", "latin1");
  const body = Buffer.concat(parts.map(({ bytes }) => bytes));
  header.writeBigUInt64LE(BigInt(64 + body.length), 40);
  header.writeUInt16LE(64, 58);
  header.writeUInt16LE(parts.length + 1, 60);
  const table = Buffer.alloc(64 * (parts.length + 1));
  let offset = 64;
  for (const [i, { type, link = 0, bytes }] of parts.entries()) {
    const start = 64 * (i + 1);
    table.writeUInt32LE(type, start + 4);
    table.writeBigUInt64LE(BigInt(offset), start + 24);
    table.writeBigUInt64LE(BigInt(bytes.length), start + 32);
    table.writeUInt32LE(link, start + 40);
    offset += bytes.length;
  }
  return Buffer.concat([header, body, table]);
}

function symbol(name: number, kind: number, section: number): Buffer {
  const entry = Buffer.alloc(24);
  entry.writeUInt32LE(name, 0);
  entry.writeUInt8(16 + kind, 4);
  entry.writeUInt16LE(section, 6);
  return entry;
}

function entry(tag: number, value: number): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeBigInt64LE(BigInt(tag), 0);
  bytes.writeBigUInt64LE(BigInt(value), 8);
  return bytes;
}

// "forge_kernel" at 1, "expf" at 14, "chosen" at 19, "libm.so.6" at 26.
const strings = Buffer.from("\0forge_kernel\0expf\0chosen\0libm.so.6\0", "latin1");
const symbols = Buffer.concat([
  Buffer.alloc(24),
  symbol(1, 2, 7),
  symbol(14, 2, 0),
  symbol(19, 10, 3),
  symbol(0, 1, 5),
]);
const dynamic = Buffer.concat([entry(1, 26), entry(5, 26), entry(0, 0)]);
const parts: readonly Part[] = [
  { type: 3, bytes: strings },
  { type: 11, link: 1, bytes: symbols },
  { type: 6, link: 1, bytes: dynamic },
];
const whole = elf(parts);

test("names, needed libraries, and which symbols are defined and can be called", () => {
  assert.deepEqual(readElf(whole), {
    needed: ["libm.so.6"],
    symbols: [
      { name: "forge_kernel", defined: true, callable: true },
      { name: "expf", defined: false, callable: true },
      { name: "chosen", defined: true, callable: true },
      { name: "", defined: true, callable: false },
    ],
  });
  assert.deepEqual(readElf(elf([])), { needed: [], symbols: [] });
});

/** A copy in which a number is another one. */
const changed = (write: (copy: Buffer) => unknown) => {
  const copy = Buffer.from(whole);
  write(copy);
  return copy;
};
const tableAt = Number(whole.readBigUInt64LE(40));

const broken: Record<string, readonly [Buffer, RegExp]> = {
  "no file": [Buffer.alloc(0), /no ELF file/],
  "a header cut short": [whole.subarray(0, 63), /no ELF file/],
  "another magic number": [changed((copy) => copy.write("MZ")), /no ELF file/],
  "32 bits": [changed((copy) => copy.writeUInt8(1, 4)), /not of 64 bits/],
  "the greatest byte first": [changed((copy) => copy.writeUInt8(2, 5)), /not of 64 bits/],
  "a table beyond the end": [
    changed((copy) => copy.writeBigUInt64LE(2n ** 63n, 40)),
    /the table of sections lies beyond/,
  ],
  "a table cut off": [whole.subarray(0, whole.length - 1), /the table of sections is cut off/],
  "sections too short": [changed((copy) => copy.writeUInt16LE(40, 58)), /sections of 40 bytes/],
  "a section beyond the end": [
    changed((copy) => copy.writeBigUInt64LE(2n ** 40n, tableAt + 128 + 24)),
    /section 2 lies beyond/,
  ],
  "a section cut off": [
    changed((copy) => copy.writeBigUInt64LE(BigInt(whole.length), tableAt + 128 + 32)),
    /section 2 is cut off/,
  ],
  "a name outside its table": [
    elf([parts[0]!, { ...parts[1]!, bytes: Buffer.concat([symbols, symbol(99, 2, 0)]) }]),
    /a name lies outside/,
  ],
  "a table of names that there is not": [elf([{ ...parts[1]!, link: 9 }]), /a name lies outside/],
  "a name without an end": [
    elf([{ type: 3, bytes: strings.subarray(0, 5) }, parts[1]!]),
    /a name has no end/,
  ],
  "two tables of symbols": [elf([parts[0]!, parts[1]!, parts[1]!]), /it has 2 tables/],
};

for (const [what, [file, words]] of Object.entries(broken)) {
  test(`refused: ${what}`, () => {
    assert.throws(() => readElf(file), { code: "ERR_DATA", message: words });
  });
}

/** Reads it, or says with the one code that it cannot. */
function reads(file: Buffer): boolean {
  try {
    for (const { name } of readElf(file).symbols) assert.equal(typeof name, "string");
  } catch (error) {
    assert.equal((error as { code?: unknown }).code, "ERR_DATA", String(error));
  }
  return true;
}

test("whatever the bytes, it answers or refuses", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => reads(Buffer.from(bytes))),
    { numRuns: 300 },
  );
  const edits = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 });
  fc.assert(
    fc.property(edits, fc.nat(whole.length), (places, length) => {
      const copy = Buffer.from(whole);
      for (const [at, byte] of places) copy[at] = byte;
      return reads(copy.subarray(0, Math.max(length, whole.length - 200)));
    }),
    { numRuns: 2000 },
  );
});
