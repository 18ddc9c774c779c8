import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { unpackBrotli } from "../../packages/compute/src/gpu-unpack.ts";

const WEBGPU = ["--enable-unsafe-webgpu", "--ignore-gpu-blocklist"];
const SOFTWARE_GPU = ["--use-webgpu-adapter=swiftshader", "--enable-unsafe-swiftshader"];

/**
 * The Chromium inside `@sparticuz/chromium`, with the libraries and fonts that a bare Linux lacks,
 * unpacked once into this checkout's `.cache/` (never the common temporary folder, where the
 * package would run whatever it finds). Returns the executable and the environment it needs.
 */
async function packagedChromium(): Promise<{ executablePath: string; env: NodeJS.ProcessEnv }> {
  const entry = fileURLToPath(import.meta.resolve("@sparticuz/chromium"));
  const root = join(dirname(entry), "../..");
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const checkout = fileURLToPath(new URL("../..", import.meta.url));
  const folder = join(checkout, ".cache", `chromium-${version}`);
  const archives = ["chromium.br", "swiftshader.tar.br", "al2023.tar.br", "fonts.tar.br"];
  await unpackBrotli(
    folder,
    archives.map((name) => join(root, "bin", name)),
  );
  // The package's own fonts.conf points to other places.
  const fonts = join(folder, "fonts-here.conf");
  if (!existsSync(fonts)) {
    const dirs = ["/usr/share/fonts", join(folder, "fonts")].map((dir) => `<dir>${dir}</dir>`);
    const cache = `<cachedir>${join(folder, "fonts-cache")}</cachedir>`;
    writeFileSync(fonts, `<?xml version="1.0"?><fontconfig>${dirs.join("")}${cache}</fontconfig>`);
  }
  const libraries = [join(folder, "lib"), folder, process.env.LD_LIBRARY_PATH].filter(Boolean);
  return {
    executablePath: join(folder, "chromium"),
    env: { ...process.env, LD_LIBRARY_PATH: libraries.join(":"), FONTCONFIG_FILE: fonts },
  };
}

/**
 * A headless Chromium in which `navigator.gpu` works on localhost: an installed one named by
 * `CHROME_PATH`, else on Linux x64 the packaged one (with WebGPU in software). Close it when done.
 */
export async function launchBrowser(): Promise<Browser> {
  const installed = process.env.CHROME_PATH;
  if (installed) return chromium.launch({ executablePath: installed, args: WEBGPU });
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("launchBrowser: set CHROME_PATH to an installed Chrome or Chromium");
  }
  const { executablePath, env } = await packagedChromium();
  return chromium.launch({
    executablePath,
    env: env as Record<string, string>,
    args: [...WEBGPU, ...SOFTWARE_GPU, "--no-sandbox", "--no-zygote"],
  });
}
