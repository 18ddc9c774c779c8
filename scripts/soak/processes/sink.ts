/** An SMTP server that writes a line for each mail before it says 250: `client message-id to`. */
import { openSync, writeSync } from "node:fs";
import { openSmtpSink } from "@daily-kernel/feed/testing";

const log = openSync(process.argv[2]!, "a");
const sink = await openSmtpSink({
  taken: ({ client, messageId, to }) => {
    writeSync(log, `${client} ${messageId} ${to}\n`);
  },
});
console.log(sink.url);
process.on("SIGTERM", () => void sink.close().then(() => process.exit(0)));
