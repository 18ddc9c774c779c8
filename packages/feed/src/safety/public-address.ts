import { addressBytes } from "./address.ts";

/**
 * Whether an address is one of the open internet, fit to be fetched from. Everything else is
 * refused: this machine, private and shared networks, link-local (the clouds' metadata service),
 * multicast, documentation, and the forms of IPv6 that carry an IPv4 address inside (mapped,
 * compatible, 6to4, Teredo, NAT64), since where those lead is for a router to say.
 */
export function isPublicAddress(address: string): boolean {
  const bytes = addressBytes(address);
  if (bytes === null) return false;
  // What is written as IPv6 and means IPv4 is refused as well.
  if (bytes.length === 4) return !address.includes(":") && !within(bytes, closed4);
  return within(bytes, ["2000::/3"]) && !within(bytes, closed6);
}

/** The IANA registry of special IPv4 blocks, and the one metadata address outside of it. */
const closed4 = [
  "0.0.0.0/8", // this network
  "10.0.0.0/8",
  "100.64.0.0/10", // shared by a carrier's customers
  "127.0.0.0/8",
  "169.254.0.0/16", // link-local
  "168.63.129.16/32", // Azure's host service
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24", // documentation
  "192.88.99.0/24", // 6to4 relays
  "192.168.0.0/16",
  "198.18.0.0/15", // benchmarks
  "198.51.100.0/24", // documentation
  "203.0.113.0/24", // documentation
  "224.0.0.0/4", // multicast
  "240.0.0.0/4", // reserved, broadcast
];

/** What is closed inside the global 2000::/3; outside of it everything is. */
const closed6 = [
  "2001::/23", // Teredo, benchmarks, identifiers
  "2001:db8::/32", // documentation
  "2002::/16", // 6to4
  "3fff::/20", // documentation
];

function within(bytes: Uint8Array, blocks: readonly string[]): boolean {
  return blocks.some((block) => {
    const [network = "", bits = ""] = block.split("/");
    const base = addressBytes(network)!;
    return base.every((byte, i) => {
      const shift = Math.max(0, 8 - Math.max(0, Number(bits) - 8 * i));
      return byte >> shift === bytes[i]! >> shift;
    });
  });
}
