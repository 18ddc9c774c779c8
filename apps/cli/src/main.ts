import { fileURLToPath } from "node:url";
import { cli } from "./cli.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
// Who reads us (`| head`) may leave before the end: that ends us, and is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});
process.exitCode = await cli(process.argv.slice(2), { root });
