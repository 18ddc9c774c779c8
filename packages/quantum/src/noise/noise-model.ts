import { checkType, domainError, shapeError } from "@daily-kernel/compute";
import { checkRange } from "../checks.ts";
import { adjoint, type ComplexMatrix, multiply, sizeOf } from "../circuits/complex-matrix.ts";
import type { Channel } from "./channels.ts";

/** How often a qubit is read wrongly: 1 for 0, and 0 for 1. */
export interface ReadoutError {
  readonly oneForZero: number;
  readonly zeroForOne: number;
}

/** What goes wrong: after gates, and when qubits are read. */
export interface NoiseModel {
  /** After every gate on one qubit. */
  readonly oneQubit?: Channel;
  /** After every gate on more: a channel on two qubits acts on its first two, one on one on each. */
  readonly twoQubit?: Channel;
  /** For every qubit alike, or one a qubit. */
  readonly readout?: ReadoutError | readonly ReadoutError[];
}

/** Throws unless `value` is a noise model. */
export function checkNoise(fn: string, value: unknown): asserts value is NoiseModel {
  checkType(typeof value === "object" && value !== null, fn, "noise", "a noise model", value);
  for (const name of ["oneQubit", "twoQubit"] as const) {
    const channel = (value as NoiseModel)[name];
    if (channel === undefined) continue;
    const ok = Array.isArray(channel?.kraus) && channel.kraus.length > 0;
    checkType(ok, fn, `noise.${name}`, "a channel", channel);
    const most = name === "oneQubit" ? 1 : 2;
    checkRange(fn, `noise.${name}.qubits`, channel.qubits, 1, most);
    const size = 2 ** channel.qubits;
    for (const operator of channel.kraus) {
      if (sizeOf(operator) !== size) {
        throw shapeError(
          `${fn}: noise.${name}.kraus must hold ${size}x${size} complex matrices, got ${operator.length} numbers`,
        );
      }
    }
    const total = new Float64Array(2 * size * size);
    for (const operator of channel.kraus) {
      for (const [k, entry] of multiply(adjoint(operator), operator).entries()) total[k]! += entry;
    }
    for (const [k, entry] of total.entries()) {
      const one = k % (2 * (size + 1)) === 0 ? 1 : 0;
      if (!(Math.abs(entry - one) < 1e-9)) {
        throw domainError(
          `${fn}: noise.${name}.kraus must keep the trace: the sum of K^+ K must be the identity`,
        );
      }
    }
  }
}

/** The readout error of each of so many qubits. */
export function readoutErrors(
  fn: string,
  readout: NoiseModel["readout"],
  qubits: number,
): readonly ReadoutError[] {
  const list: readonly ReadoutError[] = Array.isArray(readout)
    ? readout
    : Array<ReadoutError>(qubits).fill(
        (readout as ReadoutError | undefined) ?? { oneForZero: 0, zeroForOne: 0 },
      );
  if (list.length !== qubits) {
    throw shapeError(`${fn}: readout must have ${qubits} entries, one a qubit, got ${list.length}`);
  }
  for (const [q, error] of list.entries()) {
    checkRange(fn, `readout[${q}].oneForZero`, error?.oneForZero, 0, 1);
    checkRange(fn, `readout[${q}].zeroForOne`, error?.zeroForOne, 0, 1);
  }
  return list;
}

/** The channels that follow a gate on these qubits, and where they act. */
export function channelsAfter(
  { oneQubit, twoQubit }: NoiseModel,
  qubits: readonly number[],
): { channel: Channel; on: readonly number[] }[] {
  const channel = qubits.length === 1 ? oneQubit : twoQubit;
  if (channel === undefined) return [];
  if (channel.qubits === 2) return [{ channel, on: qubits.slice(0, 2) }];
  return qubits.map((qubit) => ({ channel, on: [qubit] }));
}

/** K x conj(K) summed: the channel on rows and columns of a density matrix. */
export function superoperator({ kraus }: Channel): ComplexMatrix {
  const d = sizeOf(kraus[0]!);
  const out = new Float64Array(2 * d ** 4);
  for (const k of kraus) {
    for (let i = 0; i < d * d; i++) {
      for (let j = 0; j < d * d; j++) {
        const a = 2 * (Math.floor(i / d) * d + Math.floor(j / d));
        const b = 2 * ((i % d) * d + (j % d));
        const at = 2 * (i * d * d + j);
        out[at]! += k[a]! * k[b]! + k[a + 1]! * k[b + 1]!;
        out[at + 1]! += k[a + 1]! * k[b]! - k[a]! * k[b + 1]!;
      }
    }
  }
  return out;
}
