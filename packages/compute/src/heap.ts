import { checkNumbers, checkSize, checkType } from "./checks.ts";
import { domainError, unsupportedError } from "./errors.ts";

const PAGE = 65536;
const ALIGN = 64;
/** Page limits to try: 4 GiB, then less where a runtime refuses to reserve as much. */
const LIMITS = [65536, 32768, 16384, 4096];

interface Block {
  start: number;
  end: number;
}

/** Memory handed out inside one `heap.scope`; all of it returns to the heap when the scope ends. */
export interface Arena {
  /** Address of `bytes` bytes, aligned to 64, not cleared. */
  alloc(bytes: number): number;
  /** Address of `n` doubles (not cleared), or of a copy of an array of doubles. */
  f64(source: number | ArrayLike<number>): number;
  /** Address of `n` single-precision numbers (not cleared), or of a copy of an array. */
  f32(source: number | ArrayLike<number>): number;
  /** Address of `n` 32-bit integers (not cleared), or of a copy of an array. */
  i32(source: number | ArrayLike<number>): number;
  /** Gives an allocation of this arena back before the scope ends. */
  free(address: number): void;
}

/**
 * The one allocator over the one shared WebAssembly memory of this thread and its pools. Its book
 * is kept here in TypeScript: kernels never allocate. First fit over a sorted free list, so
 * scopes may end in any order (asynchronous operations overlap).
 */
export class Heap {
  readonly memory: WebAssembly.Memory;
  #free: Block[] = [];
  #end = ALIGN; // address 0 is never handed out

  constructor() {
    this.memory = createMemory();
  }

  /** Bytes currently handed out, padding included. */
  get used(): number {
    return this.#free.reduce((sum, block) => sum - (block.end - block.start), this.#end - ALIGN);
  }

  /**
   * Runs `body` with a fresh arena and frees the arena when `body` returns or throws, or, if it
   * returns a promise, when that settles. Views into the memory must not outlive the scope.
   */
  scope<T>(body: (arena: Arena) => T): T {
    checkType(typeof body === "function", "heap.scope", "body", "a function", body);
    const blocks = new Map<number, Block>();
    let open = true;
    const release = () => {
      open = false;
      for (const block of blocks.values()) this.#release(block);
      blocks.clear();
    };
    const alloc = (bytes: number): number => {
      if (!open) throw unsupportedError("heap: the scope of this arena has ended");
      const block = this.#take(bytes);
      blocks.set(block.start, block);
      return block.start;
    };
    const free = (address: number): void => {
      checkType(typeof address === "number", "heap", "address", "a number", address);
      const block = blocks.get(address);
      if (block === undefined) {
        throw domainError(`heap: address must be one that this arena gave out, got ${address}`);
      }
      blocks.delete(address);
      this.#release(block);
    };
    const put = (source: number | ArrayLike<number>, size: number, view: Viewer): number => {
      if (typeof source === "number") {
        checkSize("heap", "source", source);
        return alloc(source * size);
      }
      checkNumbers("heap", "source", source);
      const address = alloc(source.length * size);
      view(address, source.length).set(source);
      return address;
    };
    let result: T;
    try {
      result = body({
        alloc,
        free,
        f64: (source) => put(source, 8, (p, n) => this.f64(p, n)),
        f32: (source) => put(source, 4, (p, n) => this.f32(p, n)),
        i32: (source) => put(source, 4, (p, n) => this.i32(p, n)),
      });
    } catch (error) {
      release();
      throw error;
    }
    // Any thenable: a promise of another realm is no `instanceof Promise`, and freeing memory that
    // is still in use is the worst that could happen here.
    if (isThenable(result)) return Promise.resolve(result).finally(release) as T;
    release();
    return result;
  }

  /**
   * A view of `n` doubles at an address. It shows memory, so copy what you want to keep.
   * @throws RangeError `ERR_DOMAIN` if they do not lie in the memory, or not at a multiple of 8.
   */
  f64(address: number, n: number): Float64Array {
    this.#checkView("f64", address, n, 8);
    return new Float64Array(this.memory.buffer, address, n);
  }

  /** A view of `n` single-precision numbers at an address. */
  f32(address: number, n: number): Float32Array {
    this.#checkView("f32", address, n, 4);
    return new Float32Array(this.memory.buffer, address, n);
  }

  /** A view of `n` 32-bit integers at an address. */
  i32(address: number, n: number): Int32Array {
    this.#checkView("i32", address, n, 4);
    return new Int32Array(this.memory.buffer, address, n);
  }

  #checkView(kind: string, address: number, n: number, size: number): void {
    checkSize(`heap.${kind}`, "address", address);
    checkSize(`heap.${kind}`, "n", n);
    const all = this.memory.buffer.byteLength;
    if (address % size !== 0 || address + n * size > all) {
      throw domainError(
        `heap.${kind}: address must be a multiple of ${size} with n numbers inside the memory's ${all} bytes, got address ${address} and n ${n}`,
      );
    }
  }

  #take(bytes: number): Block {
    // Beyond 2^53 it need not be whole; it cannot be had either, as growing will say.
    const huge = typeof bytes === "number" && bytes > Number.MAX_SAFE_INTEGER;
    if (!huge) checkSize("heap", "bytes", bytes);
    const size = Math.max(ALIGN, Math.ceil(bytes / ALIGN) * ALIGN);
    const index = this.#free.findIndex((block) => block.end - block.start >= size);
    if (index >= 0) {
      const block = this.#free[index]!;
      const start = block.start;
      block.start += size;
      if (block.start === block.end) this.#free.splice(index, 1);
      return { start, end: start + size };
    }
    // Nothing fits: take from the untouched end, together with a free block that touches it.
    const last = this.#free.at(-1);
    const start = last?.end === this.#end ? last.start : this.#end;
    this.#ensure(start + size);
    if (start !== this.#end) this.#free.pop();
    this.#end = start + size;
    return { start, end: this.#end };
  }

  #ensure(bytes: number): void {
    const have = this.memory.buffer.byteLength;
    if (bytes <= have) return;
    const need = Math.ceil((bytes - have) / PAGE);
    // Growing by at least an eighth keeps the number of growths small.
    for (const pages of [Math.max(need, Math.ceil(have / PAGE / 8)), need]) {
      try {
        this.memory.grow(pages);
        return;
      } catch {
        // Try the smaller step, then give up below.
      }
    }
    throw unsupportedError(
      `heap: the WebAssembly memory cannot grow to ${bytes} bytes; use smaller inputs`,
    );
  }

  #release(freed: Block): void {
    let index = this.#free.findIndex((block) => block.start > freed.start);
    if (index < 0) index = this.#free.length;
    const before = this.#free[index - 1];
    const after = this.#free[index];
    const merged = {
      start: before?.end === freed.start ? before.start : freed.start,
      end: after?.start === freed.end ? after.end : freed.end,
    };
    const from = merged.start === freed.start ? index : index - 1;
    const to = merged.end === freed.end ? index : index + 1;
    this.#free.splice(from, to - from, merged);
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === "function";
}

type Viewer = (address: number, n: number) => { set(source: ArrayLike<number>): void };

function createMemory(): WebAssembly.Memory {
  let cause: unknown;
  for (const maximum of LIMITS) {
    try {
      return new WebAssembly.Memory({ initial: 1, maximum, shared: true });
    } catch (error) {
      cause = error;
    }
  }
  throw unsupportedError(
    `heap: this runtime offers no shared WebAssembly memory (${String(cause)}); use a current browser or Node`,
  );
}
