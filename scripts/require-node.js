// Plain JavaScript, so that a Node too old to read TypeScript can still say so.
const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  console.error(
    `Daily Kernel needs Node 24 or later and found ${process.versions.node}. "npm ci" brings one for Linux and macOS (x64, arm64) and Windows (x64); on another platform install Node 24 or later yourself.`,
  );
  process.exit(1);
}
