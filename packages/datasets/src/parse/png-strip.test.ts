import assert from "node:assert/strict";
import { test } from "node:test";
import { encode } from "fast-png";
import { pngStrip } from "./png-strip.ts";

const pixels = Uint8Array.from({ length: 4 * 3 * 3 }, (_, i) => (i * 37) % 256);
const png = encode({ width: 4, height: 3, data: pixels, channels: 3, depth: 8 });
const files = new Map([["p.png", png]]);

test("pixels come back in order", () => {
  assert.deepEqual(pngStrip(files, "p.png", 4, 3), pixels);
});

test("another size or format is refused", () => {
  assert.throws(() => pngStrip(files, "p.png", 3, 4), {
    code: "ERR_DATA",
    message: /p\.png: expected 3 x 4 with 3 channels of 8 bits, got 4 x 3 with/,
  });
  const grey = encode({ width: 4, height: 3, data: pixels.slice(0, 12), channels: 1, depth: 8 });
  assert.throws(() => pngStrip(new Map([["p.png", grey]]), "p.png", 4, 3), {
    code: "ERR_DATA",
    message: /got 4 x 3 with 1 channels/,
  });
  const broken = new Map([["p.png", Uint8Array.of(1, 2, 3)]]);
  assert.throws(() => pngStrip(broken, "p.png", 4, 3), {
    code: "ERR_DATA",
    message: /p\.png: not a PNG/,
  });
});
