/** Headers of every response. Cross-origin isolation gives the Run panel shared memory. */
export const securityHeaders = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "strict-origin-when-cross-origin",
  "x-content-type-options": "nosniff",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
} as const;

/**
 * The pages' content-security policy. Thread pools start workers from blobs; mathematics and
 * figures carry style attributes, but no style sheet of their own.
 */
export const pageDirectives = {
  "default-src": ["self" as const],
  "script-src": ["self" as const, "wasm-unsafe-eval" as const],
  "style-src": ["self" as const],
  "style-src-attr": ["unsafe-inline" as const],
  "img-src": ["self" as const, "data:" as const],
  "worker-src": ["self" as const, "blob:" as const],
  "object-src": ["none" as const],
  "base-uri": ["none" as const],
  "form-action": ["self" as const],
  "frame-ancestors": ["none" as const],
};

/**
 * The policy of scripts that start as workers, which do not inherit the page's. The compiler of
 * AssemblyScript fetches its own WebAssembly from a data address.
 */
export const workerPolicy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' blob:; worker-src 'self' blob:; connect-src 'self' data:";
