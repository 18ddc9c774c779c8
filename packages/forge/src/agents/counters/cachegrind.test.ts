import assert from "node:assert/strict";
import { test } from "node:test";
import { cpp } from "../../backends/cpp.ts";
import { plainTasks } from "../../tasks/plain/index.ts";
import { timingOf } from "../fixture.ts";
import { parseCacheCounts } from "./cachegrind.ts";
import { nativeCounters } from "./cpp-counters.ts";
import { counterTool } from "./tools.ts";

/** What callgrind of valgrind 3.19 writes at the end. */
const recorded = `==2== For interactive control, run 'callgrind_control -h'.
==2== 
==2== Events    : Ir Dr Dw I1mr D1mr D1mw ILmr DLmr DLmw
==2== Collected : 110425 24718 11768 1082 958 575 1064 755 547
==2== 
==2== I   refs:      110,425
==2== D1  misses:      1,533  (   958 rd +    575 wr)
`;

test("a summary, and what is none", () => {
  assert.deepEqual(parseCacheCounts(recorded), {
    instructions: 110_425,
    accesses: 36_486,
    firstMisses: 1533,
    lastMisses: 1302,
  });
  assert.equal(parseCacheCounts(""), null);
  assert.equal(parseCacheCounts(recorded.replaceAll("D1mr", "Xmr")), null);
  assert.equal(parseCacheCounts(recorded.replace(" 547", "")), null);
});

const backend = cpp();
const [compiler, valgrind] = [await backend.probe(), await counterTool("valgrind")];

test("across the rows of a table every access misses, along them one in sixteen", {
  skip: compiler.available && valgrind.available ? false : "needs g++ and valgrind",
}, async () => {
  const task = plainTasks.find(({ id }) => id === "rowmean")!;
  const counting = (rows: number) =>
    nativeCounters({ task, dims: [rows, 64], backend, cache: true });
  const kernel = (loops: string) => ({
    source: `extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* x = (const float*)in[0];
  volatile float* y = (volatile float*)out[0];
  const long rows = dims[0], cols = dims[1];
  float s = 0;
  ${loops} s += x[r * cols + c];
  y[0] = s;
  return 0;
}`,
  });
  const byRows = "for (long r = 0; r < rows; r++) for (long c = 0; c < cols; c++)";
  const byColumns = "for (long c = 0; c < cols; c++) for (long r = 0; r < rows; r++)";
  const along = await counting(1024)(kernel(byRows), timingOf(1));
  assert.ok(Math.abs(along.l1MissRate! - 1 / 16) < 0.02, `${along.l1MissRate}`);
  assert.ok(along.executedInstructions! > 1024 * 64);
  const across = await counting(1024)(kernel(byColumns), timingOf(1));
  assert.ok(across.l1MissRate! > 0.9, `${across.l1MissRate}`);
  // A table of 256 KiB stays in the second cache, one of 4 MiB does not.
  assert.ok(across.l2MissRate! < 0.1, `${across.l2MissRate}`);
  const large = await counting(16384)(kernel(byColumns), timingOf(1));
  assert.ok(large.l2MissRate! > 0.9, `${large.l2MissRate}`);
});
