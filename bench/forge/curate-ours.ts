import { createReadStream } from "node:fs";
import { curateJsonl } from "@daily-kernel/forge";

const file = process.argv[2]!;
const begin = performance.now();
const { selected } = await curateJsonl(() => createReadStream(file, { highWaterMark: 1 << 20 }));
const seconds = (performance.now() - begin) / 1000;
console.log(
  JSON.stringify({
    seconds,
    megabytes: process.resourceUsage().maxRSS / 1024,
    selected: selected.length,
    tokens: selected.reduce((sum, { tokens }) => sum + tokens, 0),
  }),
);
