/** One life of a harvest: `import.ts <directory> <oai url>`. */
import { ArxivClient, ingest, openDatabase } from "@daily-kernel/feed/node";

const [directory, oai] = process.argv.slice(2);

const database = await openDatabase({ directory: directory! });
console.log("opened");
const client = new ArxivClient({
  userAgent: "daily-kernel-soak",
  baseUrls: { oai: oai! },
  // The server is our own, on loopback.
  interval: 0,
});
const report = await ingest(database.db, client, {
  source: "oai",
  set: "cs:cs:LG",
  from: "2025-03-01",
  list: true,
  now: new Date("2025-03-08T12:00:00Z"),
});
console.log(`report ${JSON.stringify(report)}`);
await database.close();
