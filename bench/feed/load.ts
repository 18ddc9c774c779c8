// A client of its own process: keeps connections busy with GETs, POSTs and DELETEs for a time, and
// prints how long each took. It reads no more of a reply than its end: the server is what is measured.
import { connect, type Socket } from "node:net";

/** What the process is told as its only argument. */
export interface Load {
  readonly port: number;
  readonly connections: number;
  /** After a warm-up of a quarter as long. */
  readonly seconds: number;
  /** One after the other; `{n}` is a number that grows, `{d}` a day of 2020. */
  readonly requests: readonly { readonly method: string; readonly path: string }[];
  readonly headers: Readonly<Record<string, string>>;
}

/** What it prints, as JSON. */
export interface Loaded {
  readonly perSecond: number;
  /** Milliseconds, ascending. */
  readonly times: readonly number[];
  readonly statuses: Readonly<Record<string, number>>;
  readonly bytes: number;
}

async function load({ port, connections, seconds, requests, headers }: Load): Promise<Loaded> {
  const times: number[] = [];
  const statuses: Record<string, number> = {};
  let bytes = 0;
  let count = 0;
  let counting = false;
  const lines = Object.entries({ host: `localhost:${port}`, ...headers });
  const rest = ` HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
  const next = () => {
    const { method, path } = requests[count % requests.length]!;
    const at = path.replace("{n}", String(count)).replace("{d}", day(count * 7919));
    count++;
    return `${method} ${at}${rest}`;
  };
  const begin = performance.now();
  const warm = begin + (seconds * 1000) / 4;
  const end = warm + seconds * 1000;
  const client = async () => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    await new Promise((resolve) => socket.once("connect", resolve));
    const read = reader(socket);
    for (let now = performance.now(); now < end; now = performance.now()) {
      socket.write(next());
      const reply = await read();
      const after = performance.now();
      counting ||= after > warm;
      if (!counting) continue;
      times.push(after - now);
      statuses[reply.status] = (statuses[reply.status] ?? 0) + 1;
      bytes += reply.bytes;
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: connections }, client));
  times.sort((a, b) => a - b);
  return { perSecond: times.length / seconds, times, statuses, bytes };
}

const day = (number: number) =>
  new Date(Date.UTC(2020, 0, 2 + (number % 240))).toISOString().slice(0, 10);

/** Reads one reply after another, whose length is in its head (204 and 304 have no body). */
function reader(socket: Socket): () => Promise<{ status: string; bytes: number }> {
  let head = "";
  let left = 0;
  let bytes = 0;
  let status = "";
  let done: (reply: { status: string; bytes: number }) => void = () => {};
  socket.on("data", (data: Buffer) => {
    bytes += data.length;
    if (left === 0) {
      head += data.toString("latin1");
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return;
      status = head.slice(9, 12);
      const length = /^content-length: *(\d+)/im.exec(head.slice(0, end))?.[1] ?? "0";
      left = (status === "304" ? 0 : Number(length)) - (head.length - end - 4);
    } else left -= data.length;
    if (left > 0) return;
    const reply = { status, bytes };
    head = "";
    bytes = 0;
    left = 0;
    done(reply);
  });
  return () => {
    const { promise, resolve } = Promise.withResolvers<{ status: string; bytes: number }>();
    done = resolve;
    return promise;
  };
}

if (import.meta.main) console.log(JSON.stringify(await load(JSON.parse(process.argv[2]!))));
