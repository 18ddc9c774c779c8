import type { Language } from "../../session/backend.ts";
import type { Rule } from "../rules.ts";

/** What a source must not hold (or what is worth telling), after comments and texts were taken out. */
export interface Pattern {
  readonly rule: Rule;
  readonly severity: "error" | "warning";
  readonly pattern: RegExp;
}

const error = (rule: Rule, pattern: RegExp): Pattern => ({ rule, severity: "error", pattern });
const warning = (rule: Rule, pattern: RegExp): Pattern => ({ rule, severity: "warning", pattern });

const cpp: readonly Pattern[] = [
  error(
    "library-call",
    /\b(dlopen|dlmopen|dlsym|dlvsym|dl_iterate_phdr|cblas_\w+|[sd]gemm_|[sd]axpy_)\b/,
  ),
  error("system-call", /\b(syscall|fork|vfork|execv\w*|execl\w*|popen|ptrace|process_vm_\w+)\s*\(/),
  error("system-call", /(?<![\w.>:])(?:std\s*::\s*|::\s*)?system\s*\(/),
  error(
    "clock-read",
    /\b(__rdtscp?|_rdtscp?|__builtin_ia32_rdtscp?|__builtin_readcyclecounter|clock_gettime|gettimeofday|omp_get_wtime|timespec_get)\b|\b(steady|system|high_resolution)_clock\b/,
  ),
  // What runs at the end of a process is no part of a call.
  error("forbidden-symbol", /\b(atexit|at_quick_exit|on_exit)\s*\(/),
  error(
    "environment-read",
    /\b(getenv|secure_getenv|environ|__environ|getauxval|program_invocation_name)\b/,
  ),
  error(
    "symbol-interposition",
    /\b__attribute__\s*\(\s*\(\s*(ifunc|alias)\b|\[\[gnu::(ifunc|alias)\b/,
  ),
  warning("reduced-precision", /\b(_Float16|__fp16|__bf16|std::float16_t|std::bfloat16_t)\b/),
];

const gpuCpp: readonly Pattern[] = [
  ...cpp,
  error("library-call", /\b(cublas\w*|cudnn\w*|cutlass|cusparse\w*|at::|torch::|c10::)/),
  warning("reduced-precision", /\b(__half2?|__nv_bfloat162?)\b/),
];

const python: readonly Pattern[] = [
  error("fallback", /^\s*(try|except)\b/m),
  error("library-call", /\b(torch|scipy|cupy|jax|tensorflow|ctypes|cffi|importlib|__import__)\b/),
  error(
    "library-call",
    /\bnp\.(dot|matmul|einsum|linalg|tensordot|inner|vdot)\b|(?<=\w|\))\s@\s(?=\w|\()/,
  ),
  error(
    "system-call",
    /\b(os|sys|subprocess|socket|multiprocessing|threading|shutil|gc|inspect)\b\s*(\.|,|$)|^\s*(import|from)\s+(os|sys|subprocess|socket|gc|inspect)\b/m,
  ),
  error("environment-read", /\b(getenv|environ|globals|locals|vars|exec|eval|compile|open)\s*[([]/),
  error("clock-read", /\b(perf_counter\w*|time\.\w+|monotonic)\b/),
];

const fortran: readonly Pattern[] = [
  error("system-call", /\b(execute_command_line|call\s+system)\b/i),
  error(
    "library-call",
    /\bcall\s+[sd](gemm|gemv|axpy|dot|scal)\b|\bexternal\s+[sd](gemm|gemv|axpy|dot)\b/i,
  ),
  error("clock-read", /\b(system_clock|cpu_time|date_and_time|omp_get_wtime)\b/i),
  error("environment-read", /\b(get_environment_variable|get_command\w*|open\s*\(|inquire\s*\()/i),
  error("fallback", /bind\s*\(\s*c\s*,\s*name\s*=\s*(?!["']?forge_kernel)/i),
];

const wgsl: readonly Pattern[] = [
  warning("reduced-precision", /\b(enable\s+f16|f16|vec[234]h|pack2x16float|unpack2x16float)\b/),
];

const opencl: readonly Pattern[] = [
  error("system-call", /\b(printf|asm|__asm__?)\s*[(v]/),
  warning("reduced-precision", /\b(half\d*|vload_half\d*|convert_half\w*)\b/),
];

export const patterns: Readonly<Record<Language, readonly Pattern[]>> = {
  assemblyscript: [
    error(
      "environment-read",
      /@external\b|\bdeclare\s+function\b|\b(process|console|Date|Math\.random)\b/,
    ),
  ],
  c: cpp,
  cpp,
  cuda: gpuCpp,
  fortran,
  opencl,
  python,
  wgsl,
};
