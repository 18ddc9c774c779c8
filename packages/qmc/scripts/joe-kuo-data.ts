/**
 * Writes `src/sequences/net/joe-kuo-data.ts` from SciPy's `_sobol_direction_numbers.npz`:
 *
 *   node packages/qmc/scripts/joe-kuo-data.ts <path to the .npz>
 *
 * Only the initial direction numbers are kept. The polynomials are all primitive polynomials over
 * GF(2) in order, so they are enumerated instead; the script checks that they are the file's.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import { primitivePolynomials } from "../src/sequences/net/primitive-polynomials.ts";

const DIMENSIONS = 21201;

/** The little-endian 64-bit integers of one array of an .npz file; matrices lie column by column. */
function readArray(zip: Buffer, name: string): BigInt64Array {
  for (let at = zip.indexOf("PK\x01\x02"); at >= 0; at = zip.indexOf("PK\x01\x02", at + 4)) {
    const length = zip.readUInt16LE(at + 28);
    if (zip.toString("latin1", at + 46, at + 46 + length) !== `${name}.npy`) continue;
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    const npy = zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed);
    const header = npy.toString("latin1", 10, 10 + npy.readUInt16LE(8));
    if (!header.includes("'<i8'") || header.includes(", 18") !== header.includes("True")) {
      throw new Error(header);
    }
    return new BigInt64Array(Uint8Array.from(npy.subarray(10 + header.length)).buffer);
  }
  throw new Error(`no array ${name}`);
}

const zip = readFileSync(process.argv[2] ?? "");
const polynomials = readArray(zip, "poly");
const initial = readArray(zip, "vinit");
const components = polynomials.length;

const bits: number[] = [];
let component = 1; // component 0 is the van der Corput sequence
for (let degree = 1; component < DIMENSIONS; degree++) {
  for (const polynomial of primitivePolynomials(degree)) {
    if (Number(polynomials[component]) !== polynomial) throw new Error(`polynomial ${component}`);
    for (let i = 0; i < degree; i++) {
      const m = Number(initial[i * components + component]);
      if (m % 2 !== 1 || m >= 2 ** (i + 1)) throw new Error(`m_${i + 1} of ${component} is ${m}`);
      for (let bit = i; bit >= 1; bit--) bits.push((m >> bit) & 1);
    }
    component++;
  }
}

const bytes = new Uint8Array(Math.ceil(bits.length / 8));
for (const [i, bit] of bits.entries()) bytes[i >> 3]! |= bit << (7 - (i & 7));
writeFileSync(
  new URL("../src/sequences/net/joe-kuo-data.ts", import.meta.url),
  `/**
 * Initial direction numbers of S. Joe and F. Y. Kuo, new-joe-kuo-6.21201 (SIAM J. Sci. Comput. 30,
 * 2008, 2635-2654), as distributed by SciPy. For components 1..21200 the bits of m_1, m_2, ... above
 * the lowest, which is always 1. Written by scripts/joe-kuo-data.ts. Their licence:
 *
 * Copyright (c) 2008, Frances Y. Kuo and Stephen Joe
 * All rights reserved.
 *
 * Redistribution and use in source and binary forms, with or without modification, are permitted
 * provided that the following conditions are met:
 *
 * - Redistributions of source code must retain the above copyright notice, this list of conditions
 *   and the following disclaimer.
 * - Redistributions in binary form must reproduce the above copyright notice, this list of
 *   conditions and the following disclaimer in the documentation and/or other materials provided
 *   with the distribution.
 * - Neither the names of the copyright holders nor the names of the University of New South Wales
 *   and the University of Waikato and its contributors may be used to endorse or promote products
 *   derived from this software without specific prior written permission.
 *
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES,
 * INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A
 * PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDERS OR CONTRIBUTORS BE
 * LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES
 * (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR
 * PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN
 * CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF
 * THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
 */
export const JOE_KUO_BITS =
  "${Buffer.from(bytes).toString("base64")}";
`,
);
console.log(`${component} components, ${bytes.length} bytes`);
