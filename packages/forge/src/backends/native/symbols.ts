import { readFileSync } from "node:fs";
import type { Rule } from "../../judge/rules.ts";
import type { Finding } from "../../judge/verdict.ts";
import { type ElfObject, readElf } from "./elf.ts";

/** Undefined symbols that tell what a kernel is up to. */
const telling: readonly (readonly [Rule, RegExp])[] = [
  [
    "library-call",
    /^(dl(m?open|v?sym|addr1?|info|_iterate_phdr)|_dl_\w+|_rtld_global\w*|_r_debug|cblas_\w+|[sdcz](gemm|gemv|axpy|dot|nrm2|scal|syrk|ger)_?|openblas_\w+|LAPACKE?_\w+)$/,
  ],
  [
    "system-call",
    /^(system|fork|vfork|clone|exec\w+|posix_spawnp?|popen|ptrace|process_vm_\w+|kill|tgkill|raise|prctl|unshare|setns|socket|connect|send\w*|recv\w*|mprotect|memfd_create|shm_open|_?exit|_Exit|quick_exit|_gfortran_(system|execute_command)\w*)$/,
  ],
  [
    "clock-read",
    /^(clock|time|times|ftime|clock_\w+|gettimeofday|timespec_get|getrusage|\w*sleep|omp_get_w(time|tick)|_ZNSt6chrono\w*3nowEv|sched_getcpu|_gfortran_(cpu_time|system_clock|date_and_time|second|etime)\w*|pthread_getcpuclockid)$/,
  ],
  [
    "environment-read",
    /^(secure_getenv|getenv|putenv|setenv|__environ|_?environ|getauxval|gethostname|getpid|getppid|gettid|getuid|isatty|open(at)?(64)?|__open\w*|creat|fopen(64)?|freopen|fdopen|tmpfile|read|pread\w*|write|pwrite\w*|readlink\w*|access|f?stat\w*|__[fl]?xstat\w*|opendir|readdir\w*|ioctl|fcntl\w*|lseek\w*|ftruncate|unlink|mkdir|rename|program_invocation\w*|__progname\w*|_ZNSt\w*basic_(if|of|f)stream\w*|_ZNSt10filesystem\w*|_ZSt[34]w?cin|_ZNSt13random_device\w*|_gfortran_(get_environment|getenv|st_open|st_inquire|get_command)\w*)$/,
  ],
];

/** Undefined symbols that honest kernels have. Anything else is named and refused. */
const usual: readonly RegExp[] = [
  // The C++ library and the run time of the language.
  /^_Z(N?K?(9__gnu_cxx|10__cxxabiv1|St|NSt)|NKSt|TVN10__cxxabiv1|T[ISV]|n[wa]|d[la]|L)\w*/,
  /^_Z(St|NSt|NKSt|NSa|NSs|NKSs|N9__gnu_cxx|NK9__gnu_cxx|N10__cxxabiv1|NK10__cxxabiv1)/,
  /^(__cxa_\w+|__gxx_personality_v0|_Unwind_\w+|__dynamic_cast|__once_proxy|__tls_get_addr|__dso_handle)$/,
  /^(_ITM_\w+|__gmon_start__|__stack_chk_\w+|__errno_location|__libc_start_main|abort|__assert_\w*fail\w*|__fortify_fail|__\w+_chk)$/,
  // Memory and texts.
  /^(malloc|calloc|realloc|reallocarray|free|aligned_alloc|posix_memalign|memalign|valloc|malloc_usable_size|alloca|mmap(64)?|munmap|madvise)$/,
  /^_*(mem(cpy|move|set|cmp|chr|rchr|mem|pcpy)|bcopy|bzero|bcmp|explicit_bzero|str\w+|wmem\w+|qsort(_r)?|bsearch|abs|labs|div|ldiv|ato[ifl]l?|isnanf?|isinff?|finitef?|fpclassifyf?|signbitf?)$/,
  // Mathematics, also vectorised and in formats that the processor lacks.
  /^_*(a?(sin|cos|tan)h?|sincos|atan2|exp(2|10|m1)?|pow(10)?|log(10|1p|2|b)?|sqrt|cbrt|hypot|fabs|floor|ceil|round(even)?|l?l?round|l?l?rint|trunc|rint|nearbyint|fmod|remainder|remquo|fma|fmax|fmin|fdim|erfc?|[lt]gamma(_r)?|ldexp|frexp|scalbl?n?|ilogb|modf|copysign|nextafter|nexttoward|nan|significand)[fl]?(_finite)?$/,
  /^_ZGV\w+$/,
  /^__(\w*[sdthx]f[23]?\w*|\w*[sdt]i[23]?\w*|mul[sdtxh]c3|div[sdtxh]c3|pow[if]\w+|cpu_(model|indicator_init|features2))$/,
  // Threads, joined or pooled.
  /^(pthread_(create|join|detach|self|equal|exit|once|(mutex|cond|barrier|rwlock|spin|attr|key|mutexattr|condattr)\w*|[sg]etspecific|[sg]etaffinity_np|getattr_np)|sem_(init|post|wait|trywait|destroy)|sched_(yield|[sg]etaffinity)|__sched_cpu\w+|sysconf|get_nprocs(_conf)?|__pthread\w+|syscall|thrd_\w+|mtx_\w+|cnd_\w+|call_once)$/,
  /^(GOMP_|GOACC_|omp_|acc_|__kmpc_|kmp_)\w+$/,
  // Words for a person; the judge counts their bytes.
  /^_*(f?(printf|puts|putc|write|flush)(_unlocked)?|v?(f|s|sn|d)?printf\w*|put(char|s|c)\w*|perror|std(out|err|in))$/,
  // Other languages that become shared objects.
  /^_gfortran_\w+$/,
  /^_ZN?K?\w*6Kokkos\w*$/,
];

const usualLibraries =
  /^(libstdc\+\+|libgcc_s|libm|libmvec|libgomp|libc|libpthread|ld-linux[\w-]*|libgfortran|libquadmath)\.so\.\d+$/;

const owned = /^(forge_kernel|_init|_fini|_edata|_end|__bss_start)$/;

let system: Set<string> | undefined;

/** Functions that the system's own libraries define, from the files that this process has loaded. */
function systemFunctions(): Set<string> {
  if (system) return system;
  system = new Set(["malloc", "free", "memcpy", "write", "exit", "clock_gettime", "dlopen"]);
  const files = new Set(
    [
      ...readFileSync("/proc/self/maps", "utf8").matchAll(
        /\s(\/\S*\/lib(?:c|m|pthread|dl)[.-]\S*)$/gm,
      ),
    ].map(([, file]) => file!),
  );
  for (const file of files) {
    for (const { name, defined, callable } of readElf(readFileSync(file)).symbols)
      if (defined && callable) system.add(name);
  }
  return system;
}

const error = (rule: Rule, evidence: string): Finding => ({ rule, severity: "error", evidence });

/** What the dynamic symbols of a compiled kernel give away. */
function checkSymbols(object: ElfObject, libraries: readonly string[]): Finding[] {
  const findings: Finding[] = [];
  for (const name of object.needed) {
    if (!usualLibraries.test(name) && !libraries.includes(name))
      findings.push(error("library-call", `it is linked with ${name}`));
  }
  for (const { name, defined, callable } of object.symbols) {
    if (name === "" || owned.test(name)) continue;
    if (defined) {
      const known = callable && (systemFunctions().has(name) || /^(GOMP|omp|pthread)_/.test(name));
      if (known) findings.push(error("symbol-interposition", `it defines ${name}`));
      continue;
    }
    const [rule] = telling.find(([, pattern]) => pattern.test(name)) ?? [];
    // What says most comes first.
    if (rule) findings.unshift(error(rule, `it uses ${name}`));
    else if (!usual.some((pattern) => pattern.test(name)))
      findings.push(error("forbidden-symbol", `it uses ${name}, which no kernel needs`));
  }
  return findings;
}

/** The same for a file. */
export const inspectObject = (file: string, libraries: readonly string[]): Finding[] =>
  checkSymbols(readElf(readFileSync(file)), libraries);
