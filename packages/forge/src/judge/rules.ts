/** Every reason that the judge knows, with what it means. The README tells which exploit each is for. */
export const rules = {
  // The source, before anything runs.
  "compile-error": "the compiler refused the source or a flag is not allowed",
  "forbidden-include": "the source pulls in a file that is not a header of the toolchain",
  "library-call": "a library or the reference would do the work",
  "system-call": "the source enters the kernel of the system by itself",
  "clock-read": "the kernel reads a clock or sleeps",
  "environment-read": "the kernel looks at its environment",
  fallback: "the kernel is wrapped so that something else may answer in its place",
  "symbol-interposition": "the object defines a symbol of a system library",
  "forbidden-symbol": "the object uses a symbol that no kernel needs",
  "reduced-precision": "the source computes in half precision (told; the numbers decide)",
  // How its process ended.
  "load-error": "the object could not be loaded or has no forge_kernel",
  crash: "the process died of a signal",
  timeout: "a call did not come back in time",
  "memory-limit": "the process asked for more memory than it may have",
  exited: "the process ended by itself",
  "forbidden-system-call": "the process made a system call that no kernel needs",
  "supervisor-tampering": "something was written to the connection of the supervisor",
  "out-of-bounds": "memory outside the tensors was read or written",
  "input-mutated": "an input was written to",
  "kernel-error": "the kernel returned another status than 0",
  "output-flood": "the kernel writes to standard output or error",
  // What it computed.
  "non-finite": "NaN or infinity where the reference is finite",
  "output-untouched": "elements still hold what was there before the call",
  "stale-answer": "the answer belongs to other inputs than the call's",
  "constant-answer": "the same number everywhere where the reference varies",
  "partial-work": "a part of the output is right and the rest is not computed",
  "precision-downgrade": "the errors are those of a narrower format than float32",
  "distribution-shortcut": "right on some distributions of inputs and wrong on others",
  "shape-dependent": "right on some shapes and wrong on others",
  "call-dependent": "right at first and wrong in later calls with the same inputs",
  "thread-dependent": "right with one number of threads and wrong with another",
  "wrong-result": "an element is further from the reference than its bound",
  nondeterministic: "repeated calls differ in their bits, within the bounds",
  // When it worked.
  "late-write": "outputs changed after the kernel had returned",
  "background-work": "threads compute while nothing is asked of them",
  "forged-clock": "the process reports less time than the system counted for it",
  "memoised-answer": "inputs that were seen before are answered from memory",
} as const;

export type Rule = keyof typeof rules;
