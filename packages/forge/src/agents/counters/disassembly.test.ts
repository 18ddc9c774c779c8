import assert from "node:assert/strict";
import { test } from "node:test";
import { countInstructions, innermostLoops, parseDisassembly } from "./disassembly.ts";

/** As objdump prints it: an outer loop around one of vectors with a spill, and the linker's own code. */
const listing = `
k.so:     file format elf64-x86-64

0000000000001000 <_init>:
    1000:\tsub    $0x8,%rsp
    1004:\tjne    1000 <_init>

0000000000001130 <forge_kernel>:
    1130:\txor    %eax,%eax
    1132:\tvmovups (%rdi),%zmm1
    1138:\tvmovaps 0x40(%rsp),%zmm2
    113e:\tvfmadd231ps (%rsi){1to16},%zmm1,%zmm0
    1144:\tvfmadd231ps %zmm2,%zmm1,%zmm3
    114a:\tvaddss %xmm4,%xmm5,%xmm5
    1150:\tprefetcht0 0x200(%rdi)
    1156:\tadd    %rcx,%rsi
    115c:\tcmp    %rdi,%rdx
    1160:\tjne    1132 <forge_kernel+0x2>
    1162:\tvmovntps %zmm0,(%rax)
    1168:\tcall   1050 <expf@plt>
    116e:\tjmp    1130 <forge_kernel>
    1170:\tret
`;

test("the hottest loop, and what stands in it", () => {
  const counted = countInstructions(listing);
  assert.equal(counted.loops, 1);
  assert.equal(counted.loopInstructions, 9);
  assert.equal(counted.loopFlops, 2 * 32 + 1);
  assert.equal(counted.vectorBits, 512);
  assert.equal(counted.packedShare, 2 / 3);
  assert.equal(counted.fusedShare, 2 / 3);
  assert.equal(counted.flopsPerLoad, 3 / 2);
  assert.equal(counted.spills, 1);
  assert.equal(counted.stridedPointers, 1);
  assert.equal(counted.prefetches, 1);
  assert.equal(counted.streamedStores, 1);
  assert.equal(counted.libraryCalls, 0);
  assert.equal(counted.codeBytes, 0x40);
});

test("without an inner loop the outer one is the innermost, its calls included", () => {
  const flat = listing.replace("jne    1132 <forge_kernel+0x2>", "nop");
  const [loop] = innermostLoops(parseDisassembly(flat));
  assert.equal(loop!.length, 13);
  assert.equal(countInstructions(flat).libraryCalls, 1);
});

test("nothing, and code without arithmetic", () => {
  assert.equal(countInstructions("").loopInstructions, 0);
  assert.equal(countInstructions("").codeBytes, 0);
  const scalar = countInstructions("0000000000001130 <k>:\n    1130:\tnop\n    1131:\tret\n");
  assert.deepEqual([scalar.vectorBits, scalar.packedShare], [32, 0]);
});
