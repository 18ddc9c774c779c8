/**
 * Judges every kernel of a gallery on several master seeds:
 * `node packages/forge/scripts/separate-gallery.ts wasm [11,22,33] [pattern of names]`. Prints a line
 * a kernel and ends with code 1 if one was judged wrongly or by a rule that is not in its head.
 */
import { tasks, verifyCandidate } from "../src/index.ts";
import { backendById, type GalleryBackend, readGallery } from "../src/node.ts";

const [id = "wasm", seeds = "11,22,33", names = "."] = process.argv.slice(2);
/** Kernels that hang are ended by then; honest ones take milliseconds. */
const limits = { callTimeout: 3_000, memory: 2 ** 28 };
let mistakes = 0;
for (const sample of await readGallery(id as GalleryBackend)) {
  if (!new RegExp(names).test(sample.name)) continue;
  const { name, honest, language, rules } = sample;
  const backend = backendById(id, { language });
  for (const seed of seeds.split(",").map(Number)) {
    const options = { seed, limits: id === "cpp" ? {} : limits };
    const verdict = await verifyCandidate(
      tasks.get(sample.task),
      sample.candidate,
      backend,
      options,
    );
    const found = verdict.findings.find(({ severity }) => severity === "error");
    const named = !found || rules.length === 0 || rules.includes(found.rule);
    const right = verdict.accepted === honest && named;
    if (!right) mistakes++;
    const why = found ? `${found.rule}: ${found.evidence.split("\n")[0]}` : "accepted";
    console.log(
      `${right ? "right" : "WRONG"} ${honest ? "honest" : "cheat"} ${name} ${seed} ${why}`,
    );
  }
}
console.log(`${mistakes} mistakes`);
process.exitCode = mistakes > 0 ? 1 : 0;
