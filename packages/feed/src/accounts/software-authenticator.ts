/** A passkey in software, for tests: ES256, CBOR by hand, and every field open to forgery. */
import {
  createHash,
  createSign,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";

interface Ceremony {
  readonly challenge: string;
  readonly origin: string;
  readonly rpId: string;
  readonly flags?: number;
  readonly client?: Readonly<Record<string, unknown>>;
}

const present = 0x01;
const verified = 0x04;
const attested = 0x40;

export class SoftwareAuthenticator {
  readonly #key: KeyObject;
  readonly #cose: Uint8Array;
  readonly id = randomBytes(16).toString("base64url");
  counter = 0;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.#key = privateKey;
    const { x = "", y = "" } = publicKey.export({ format: "jwk" });
    const point = (text: string) => Buffer.from(text, "base64url");
    this.#cose = cbor(
      new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, point(x)],
        [-3, point(y)],
      ]),
    );
  }

  create(
    ceremony: Ceremony & { readonly attestation?: { fmt: string; attStmt: Map<string, unknown> } },
  ): RegistrationResponseJSON {
    const id = Buffer.from(this.id, "base64url");
    const data = Buffer.concat([
      this.#authenticatorData(ceremony, attested),
      Buffer.alloc(16),
      Buffer.from([0, id.length]),
      id,
      this.#cose,
    ]);
    const { fmt, attStmt } = ceremony.attestation ?? { fmt: "none", attStmt: new Map() };
    const object = cbor(
      new Map<string, unknown>([
        ["fmt", fmt],
        ["attStmt", attStmt],
        ["authData", data],
      ]),
    );
    return {
      id: this.id,
      rawId: this.id,
      type: "public-key",
      clientExtensionResults: {},
      response: {
        clientDataJSON: clientData("webauthn.create", ceremony),
        attestationObject: Buffer.from(object).toString("base64url"),
        transports: ["internal"],
      },
    };
  }

  get(ceremony: Ceremony & { readonly userHandle?: string }): AuthenticationResponseJSON {
    const data = this.#authenticatorData(ceremony, 0);
    const client = clientData("webauthn.get", ceremony);
    const hash = createHash("sha256").update(Buffer.from(client, "base64url")).digest();
    const signature = createSign("sha256").update(data).update(hash).sign(this.#key);
    return {
      id: this.id,
      rawId: this.id,
      type: "public-key",
      clientExtensionResults: {},
      response: {
        clientDataJSON: client,
        authenticatorData: data.toString("base64url"),
        signature: signature.toString("base64url"),
        ...(ceremony.userHandle !== undefined && { userHandle: ceremony.userHandle }),
      },
    };
  }

  #authenticatorData({ rpId, flags = present | verified }: Ceremony, more: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    const rpIdHash = createHash("sha256").update(rpId).digest();
    return Buffer.concat([rpIdHash, Buffer.from([flags | more]), counter]);
  }
}

const clientData = (type: string, { challenge, origin, client }: Ceremony) =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false, ...client })).toString(
    "base64url",
  );

/** CBOR (RFC 8949) of integers, texts, bytes, arrays and maps. */
function cbor(value: unknown): Uint8Array {
  const head = (major: number, n: number) => {
    const top = major << 5;
    if (n < 24) return Buffer.from([top | n]);
    if (n < 256) return Buffer.from([top | 24, n]);
    return Buffer.from([top | 25, n >> 8, n & 255]);
  };
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "string")
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(cbor)]);
  const entries = [...(value as Map<unknown, unknown>)].flatMap(([k, v]) => [cbor(k), cbor(v)]);
  return Buffer.concat([head(5, entries.length / 2), ...entries]);
}
