import { isIP } from "node:net";

/**
 * The bytes of an internet address: 4 or 16, or null where the text is none. An IPv4 address inside
 * IPv6 (`::ffff:192.0.2.1`) comes out as IPv4, brackets and a zone (`fe80::1%eth0`) are dropped.
 */
export function addressBytes(text: string): Uint8Array | null {
  if (typeof text !== "string") return null;
  const bare = text.replace(/^\[(.*)\]$/, "$1").replace(/%.*$/s, "");
  const family = isIP(bare);
  if (family === 4) return Uint8Array.from(bare.split("."), Number);
  if (family !== 6) return null;
  const bytes = ipv6Bytes(bare);
  const mapped =
    bytes.subarray(0, 10).every((b) => b === 0) && bytes[10] === 255 && bytes[11] === 255;
  return mapped ? bytes.slice(12) : bytes;
}

/** The network that limits count by: the address itself for IPv4, the /64 for IPv6. */
export const ipPrefix = (address: string): string => prefix(address, 32, 64);

/**
 * The network that is kept with a session or a consent: /24 for IPv4 and /48 for IPv6, enough for
 * "was that me?" and too little to name a household.
 */
export const storedPrefix = (address: string): string => prefix(address, 24, 48);

/**
 * Who is asking. Behind `trustedHops` proxies of ours, each of which appends the address it was
 * called from to `X-Forwarded-For`, that is the entry so many places from the right; whatever stands
 * left of it was sent by the client and is never believed. Without proxies, or where the header is
 * too short or holds no address there, it is the connection's own.
 */
export function clientAddress(
  remote: string,
  forwardedFor: string | null | undefined,
  trustedHops: number,
): string {
  if (!(trustedHops >= 1) || forwardedFor == null) return remote;
  const entry = forwardedFor.split(",").at(-trustedHops)?.trim() ?? "";
  const bare = entry
    .replace(/^\[([^\]]*)\](?::\d{1,5})?$/, "$1")
    .replace(/^([\d.]+):\d{1,5}$/, "$1");
  return isIP(bare) === 0 ? remote : bare;
}

function prefix(address: string, bits4: number, bits6: number): string {
  const bytes = addressBytes(address);
  if (bytes === null) return "unknown";
  const bits = bytes.length === 4 ? bits4 : bits6;
  const kept = bytes.map((byte, i) => (i < bits / 8 ? byte : 0));
  return `${addressText(kept)}/${bits}`;
}

function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join(".");
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((bytes[2 * i]! << 8) | bytes[2 * i + 1]!).toString(16),
  );
  const text = groups.join(":");
  return text.replace(/(?::0)+$/, "::").replace(/^0::$/, "::");
}

function ipv6Bytes(text: string): Uint8Array {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  const hex = dotted
    ? dotted[1] + [2, 4].map((i) => pair(Number(dotted[i]), Number(dotted[i + 1]))).join(":")
    : text;
  const [head = "", tail] = hex.split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const [left, right] = [groups(head), groups(tail ?? "")];
  const all = [...left, ...Array(8 - left.length - right.length).fill("0"), ...right];
  return Uint8Array.from(all.flatMap((g: string) => [parseInt(g, 16) >> 8, parseInt(g, 16) & 255]));
}

const pair = (high: number, low: number) => ((high << 8) | low).toString(16);
