import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, normalize } from "node:path";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";

const inflate = promisify(brotliDecompress);

/** The regular files of a tar archive (POSIX ustar: 512-byte headers, sizes in octal). */
function* tarFiles(tar: Buffer): Generator<{ name: string; mode: number; data: Buffer }> {
  const text = (at: number, length: number) =>
    tar
      .toString("utf8", at, at + length)
      .split("\0")[0]!
      .trim();
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const size = Number.parseInt(text(at + 124, 12), 8);
    const type = text(at + 156, 1);
    const prefix = text(at + 257, 5) === "ustar" ? text(at + 345, 155) : "";
    const name = normalize(join(prefix, text(at, 100)));
    if (type === "" || type === "0") {
      if (name.startsWith("..")) throw new Error(`tar: ${name} points outside the archive`);
      const mode = Number.parseInt(text(at + 100, 8), 8);
      yield { name, mode, data: tar.subarray(at + 512, at + 512 + size) };
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

/**
 * Unpacks brotli-compressed files into `folder` unless it exists: `*.tar.br` by their entries,
 * `name.br` as the executable `name`. Whoever comes at the same time or is killed half-way leaves
 * no half folder: everything goes to a neighbour first, which is then renamed.
 */
export async function unpackBrotli(folder: string, archives: readonly string[]): Promise<void> {
  if (existsSync(folder)) return;
  mkdirSync(dirname(folder), { recursive: true });
  const partial = mkdtempSync(`${folder}-`);
  try {
    for (const archive of archives) {
      const data = await inflate(readFileSync(archive));
      const name = archive.slice(archive.lastIndexOf("/") + 1, -".br".length);
      const files = name.endsWith(".tar") ? tarFiles(data) : [{ name, mode: 0o755, data }];
      for (const file of files) {
        const path = join(partial, file.name);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, file.data);
        chmodSync(path, file.mode);
      }
    }
    renameSync(partial, folder);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // else another process was faster
  }
}
