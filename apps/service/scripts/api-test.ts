/**
 * `npm run api-test --workspace @daily-kernel/service`: schemathesis against `/openapi.json` on a
 * real port, over a database in memory. It is installed into `.cache/venv-schemathesis` the first
 * time. What follows the command goes to schemathesis: `-- --max-examples 200 --seed 1`.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { listen } from "../src/http/testing/listen.ts";
import { addPapers, addRoom } from "../src/http/testing/papers.ts";
import { signUp, type TestApi, testApi } from "../src/http/testing/test-api.ts";
import { TestRuns } from "../src/http/testing/test-runs.ts";
import { makeVenv } from "../src/http/testing/venv.ts";

const folder = fileURLToPath(new URL("../../../.cache/venv-schemathesis", import.meta.url));
const program = join(folder, "bin", "schemathesis");
if (!existsSync(program)) makeVenv(folder, "schemathesis", "inherit");

let at!: TestApi;
const { url, close } = await listen(async (baseUrl) => {
  const hits = [{ id: "2409.00001" }, { id: "2409.00002" }];
  at = await testApi({
    config: { baseUrl },
    runs: new TestRuns(),
    search: { query: async () => ({ hits }), similar: async () => hits },
    indexPaper: async () => {},
  });
  const { db } = at.database;
  const [first = ""] = await addPapers(db, Array(60).fill("2024-09-12"));
  await addRoom(db, first, "a-room");
  return at.api;
});
const { token } = await signUp(at, "mod-1", "moderator");
console.log(`The API is at ${url}`);
const child = spawn(
  program,
  ["run", `${url}/openapi.json`, "-H", `Authorization: Bearer ${token}`, ...process.argv.slice(2)],
  { stdio: "inherit", cwd: folder },
);
process.exitCode = await new Promise<number>((resolve) =>
  child.on("close", (code) => resolve(code ?? 1)),
);
for (const error of at.errors) console.error(error);
close();
await at[Symbol.asyncDispose]();
process.exit();
