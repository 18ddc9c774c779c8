import { staticCheck } from "@daily-kernel/forge";
import { defineOwnInput } from "@daily-kernel/reproduction";

const example = `extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const auto start = std::chrono::steady_clock::now();
  return 0;
}`;

/** What the first fence says of the reader's kernel; nothing of it runs. */
export const ownInput = defineOwnInput({
  fields: {
    source: { kind: "text", label: "A kernel's source. It is read, not run.", example },
    language: {
      kind: "choice",
      label: "Its language",
      options: (["cpp", "cuda", "python", "fortran", "opencl", "wgsl"] as const).map((value) => ({
        value,
        label: value,
      })),
      initial: "cpp",
    },
  },
  async run({ source, language }, lab) {
    await lab.progress(0, "reading the source");
    const findings = staticCheck(source, language as "cpp");
    return {
      facts:
        findings.length === 0
          ? [{ label: "text", value: "nothing suspicious; what it computes is another question" }]
          : findings.map(({ rule, evidence }) => ({ label: rule, value: evidence })),
      figures: [],
    };
  },
});
