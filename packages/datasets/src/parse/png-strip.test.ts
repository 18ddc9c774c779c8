import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { pngStrip } from "./png-strip.ts";

/** What the filters of PNG subtract, from left, up and upper left (W3C PNG, table 9.1). */
const predictors = [
  () => 0,
  (a: number) => a,
  (_a: number, b: number) => b,
  (a: number, b: number) => Math.floor((a + b) / 2),
  (a: number, b: number, c: number) => {
    const p = a + b - c;
    const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
    if (pa <= pb && pa <= pc) return a;
    return pb <= pc ? b : c;
  },
];

/** Rows of RGB pixels, row y by filter y mod 5, each after the byte that names its filter. */
function filtered(pixels: Uint8Array, stride: number): Uint8Array {
  const rows = pixels.length / stride;
  const out = new Uint8Array(rows * (stride + 1));
  for (let y = 0; y < rows; y++) {
    const value = (i: number, row: number) => (i < 0 || row < 0 ? 0 : pixels[row * stride + i]!);
    out[y * (stride + 1)] = y % 5;
    for (let i = 0; i < stride; i++) {
      const predicted = predictors[y % 5]!(value(i - 3, y), value(i, y - 1), value(i - 3, y - 1));
      out[y * (stride + 1) + 1 + i] = value(i, y) - predicted;
    }
  }
  return out;
}

function chunk(type: string, content: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, Buffer.from(type, "latin1"), content, Buffer.alloc(4)]);
}

/** A PNG file whose zlib stream is cut in pieces of 50 bytes or more. */
function png(width: number, height: number, zlib: Uint8Array, method = [8, 2, 0, 0, 0]) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set(method, 8);
  const size = Math.max(50, zlib.length / 8);
  const pieces = Array.from({ length: Math.ceil(zlib.length / size) }, (_, i) =>
    chunk("IDAT", zlib.subarray(i * size, (i + 1) * size)),
  );
  const signature = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
  const text = chunk("tEXt", Buffer.from("Comment\0skipped"));
  const all = [signature, chunk("IHDR", header), text, ...pieces, chunk("IEND", Buffer.alloc(0))];
  return new Map([["p.png", new Uint8Array(Buffer.concat(all))]]);
}

const pixels = Uint8Array.from({ length: 4 * 15 * 3 }, (_, i) => (i * i * 37) % 251);
const rows = filtered(pixels, 12);

async function refused(files: ReturnType<typeof png>, message: RegExp) {
  const decoding = pngStrip(files, "p.png", 4, 15, new Uint8Array(pixels.length));
  await assert.rejects(decoding, { code: "ERR_DATA", message });
}

test("pixels come back in order, whatever their filter", async () => {
  const decoded = new Uint8Array(pixels.length);
  await pngStrip(png(4, 15, deflateSync(rows)), "p.png", 4, 15, decoded);
  assert.deepEqual(decoded, pixels);
});

test("another size, format or content is refused", async () => {
  const zlib = deflateSync(rows);
  await refused(png(5, 12, zlib), /p\.png: expected 4 x 15, RGB, 8 bits, got 5 x 12, RGB, 8 bits/);
  await refused(png(4, 15, zlib, [16, 6, 0, 0, 1]), /got 4 x 15, format 16,6,0,0,1/);
  await refused(new Map([["p.png", Uint8Array.of(1, 2, 3)]]), /p\.png: not a PNG/);
  await refused(png(4, 15, zlib.subarray(0, 60)), /cannot be inflated/);
  await refused(png(4, 15, deflateSync(rows.with(13, 7))), /unknown filter 7/);
  await refused(png(4, 15, deflateSync(rows.subarray(13))), /ends before its 15 rows do/);
  await refused(png(4, 15, deflateSync(Buffer.concat([rows, rows]))), /more than 15 rows/);
});

test("decoding rests, and an abort that arrives then stops it", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const files = png(1024, 1500, deflateSync(new Uint8Array(1500 * 3073), { level: 1 }));
  const decoded = new Uint8Array(1500 * 3072).fill(1);
  setTimeout(() => controller.abort(reason));
  const decoding = pngStrip(files, "p.png", 1024, 1500, decoded, controller.signal);
  await assert.rejects(decoding, reason);
  assert.equal(decoded.at(-1), 1, "the last row was not reached");
});
