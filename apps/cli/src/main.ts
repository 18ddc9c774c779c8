import { fileURLToPath } from "node:url";
import { cli } from "./cli.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
process.exitCode = await cli(process.argv.slice(2), { root });
