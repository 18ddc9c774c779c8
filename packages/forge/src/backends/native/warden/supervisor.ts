/** C: the process that watches the candidate's from outside: clock, copies, guards, the end. */
export const supervisor = String.raw`
static pid_t child;
static int wire;
static u64 overhead_ns;
static char *kernel_data;
static u64 kernel_size;

static void put_kernel(void) {
  put_file(opt.wide ? "tmp/kernel.so" : "kernel.so", (u8 *)kernel_data, kernel_size, 0444);
}

/* Processor time of the whole child, from the scheduler. */
static u64 child_cpu_ns(void) {
  struct timespec t;
  clockid_t clock = (clockid_t)((~(unsigned)child << 3) | 2);
  if (clock_gettime(clock, &t)) return 0;
  return (u64)t.tv_sec * 1000000000ull + t.tv_nsec;
}

/* Whether any of its threads runs or wants to: a busy thread is that on a busy machine, too. */
static int child_runnable(void) {
  char path[320], text[512];
  int runnable = 0;
  snprintf(path, sizeof path, "/proc/%d/task", child);
  DIR *tasks = opendir(path);
  for (struct dirent *task; tasks && (task = readdir(tasks));) {
    snprintf(path, sizeof path, "/proc/%d/task/%s/stat", child, task->d_name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) continue;
    ssize_t n = read(fd, text, sizeof text - 1);
    close(fd);
    text[n > 0 ? n : 0] = 0;
    char *name_end = strrchr(text, ')');
    if (name_end && name_end[1] && name_end[2] == 'R') runnable = 1;
  }
  if (tasks) closedir(tasks);
  return runnable;
}

static u32 child_threads(void) {
  char path[64], text[4096];
  snprintf(path, sizeof path, "/proc/%d/status", child);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  ssize_t n = read(fd, text, sizeof text - 1);
  close(fd);
  text[n > 0 ? n : 0] = 0;
  char *at = strstr(text, "Threads:");
  return at ? strtoul(at + 8, NULL, 10) : 0;
}

/* --- answers to the judge --- */

enum { ANSWER_READY = 0, ANSWER_RESULT = 1, ANSWER_ENDED = 2 };

static void answer(u32 kind, const void *head, u64 head_size, const void *body, u64 body_size) {
  u64 size = 4 + head_size + body_size;
  if (!write_all(1, &size, 8) || !write_all(1, &kind, 4) || !write_all(1, head, head_size) || !write_all(1, body, body_size)) _exit(0);
}

/* Ends the child, whatever it does, and tells how it ended. Never returns. */
static void ended(const char *kind, const char *detail) {
  int status = 0;
  struct rusage usage;
  memset(&usage, 0, sizeof usage);
  char text[LOG_HEAD + LOG_TAIL + 1000];
  /* A child that closed its wire is given the time to die by itself. */
  for (int i = 0; !kind && i < 200; i++) {
    pid_t got = wait4(child, &status, WNOHANG, &usage);
    if (got == child) goto reaped;
    sleep_us(500);
  }
  kill(child, SIGKILL);
  kill(child, SIGCONT);
  while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {}
  if (!kind) { kind = "exited"; detail = "it closed its connection and went on"; }
reaped:
  if (said.fd) pthread_join(said.thread, NULL);
  u64 log = log_text(text + 900);
  char why[300];
  if (!kind) {
    int by_hint = hint->signal && (WIFSIGNALED(status) || WEXITSTATUS(status) == 134 || WEXITSTATUS(status) == 159);
    int signal = by_hint ? hint->signal : WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    int full = (u64)usage.ru_maxrss * 1024 > opt.memory / 2 || (opt.memory && memmem(text + 900, log, "bad_alloc", 9));
    kind = opt.memory && signal && full ? "memory" : signal ? "signal" : "exited";
    if (signal == SIGSYS) snprintf(why, sizeof why, "SIGSYS: system call %u", hint->signal ? hint->call : 0);
    else if (signal == SIGSEGV && by_hint && hint->tensor != ~0u)
      snprintf(why, sizeof why, "SIGSEGV: %s %s %u, %lld bytes %s", hint->writes ? "writes" : "reads", hint->output ? "output" : "input", hint->tensor,
        (long long)(hint->beyond < 0 ? -hint->beyond : hint->beyond), hint->beyond < 0 ? "before its start" : hint->beyond ? "beyond its end" : "inside");
    else if (signal) snprintf(why, sizeof why, "SIG%s", sigabbrev_np(signal) ? sigabbrev_np(signal) : "?");
    else snprintf(why, sizeof why, "exit code %d", WEXITSTATUS(status));
    detail = why;
  }
  u64 n = snprintf(text, 800, "%s\n%s\n", kind, detail);
  memmove(text + n, text + 900, log);
  answer(ANSWER_ENDED, "", 0, text, n + log);
  _exit(0);
}

/* --- the shared tensors --- */

struct shared { u32 inputs, outputs; u64 *bytes; u8 *map[2]; u64 size[2]; } shared[SLOTS];

/* A file in memory; the child gets the inputs' through a descriptor that cannot be mapped for writing. */
static u8 *share(u64 size, int read_only, int *fd) {
  int own = memfd_create("forge", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (own < 0 || ftruncate(own, size ? size : PAGE)) { dprintf(2, "warden: memory for tensors: %s\n", strerror(errno)); _exit(70); }
  u8 *map = mmap(NULL, size ? size : PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, own, 0);
  if (map == MAP_FAILED) { dprintf(2, "warden: memory for tensors: %s\n", strerror(errno)); _exit(70); }
  fcntl(own, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | (read_only ? 0x10 /* no new writable maps */ : 0));
  *fd = own;
  if (read_only) {
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", own);
    *fd = open(path, O_RDONLY | O_CLOEXEC);
    if (*fd < 0) { dprintf(2, "warden: a read-only descriptor: %s\n", strerror(errno)); _exit(70); }
    close(own);
  }
  return map;
}

static void tell(const void *data, u64 size, const int *fds) {
  struct iovec io = { (void *)data, size };
  char control[CMSG_SPACE(2 * sizeof(int))];
  memset(control, 0, sizeof control);
  struct msghdr m = { .msg_iov = &io, .msg_iovlen = 1 };
  if (fds) {
    m.msg_control = control, m.msg_controllen = sizeof control;
    struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    c->cmsg_level = SOL_SOCKET, c->cmsg_type = SCM_RIGHTS, c->cmsg_len = CMSG_LEN(2 * sizeof(int));
    memcpy(CMSG_DATA(c), fds, 2 * sizeof(int));
  }
  ssize_t n;
  do n = sendmsg(wire, &m, MSG_NOSIGNAL); while (n < 0 && errno == EINTR);
  if (n < 0) ended(NULL, NULL);
}

/* Waits for the answer that carries this call's number, which nobody could know before. */
static void hear(struct message *m, u64 nonce, u64 timeout_ms) {
  u8 buffer[sizeof *m + 4096];
  struct pollfd p = { wire, POLLIN, 0 };
  u64 end = now_ns() + timeout_ms * 1000000ull;
  for (;;) {
    u64 now = now_ns();
    if (now >= end) break;
    int got = poll(&p, 1, (int)((end - now) / 1000000 + 1));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    ssize_t n = recv(wire, buffer, sizeof buffer, MSG_DONTWAIT);
    if (n <= 0) ended(NULL, NULL);
    if (n >= (ssize_t)sizeof *m) memcpy(m, buffer, sizeof *m);
    if (n < (ssize_t)sizeof *m || m->op != DONE || m->nonce != nonce) ended("exited", "it wrote to the connection of its supervisor");
    return;
  }
  char text[64];
  snprintf(text, sizeof text, "no answer within %llu ms", (unsigned long long)timeout_ms);
  ended("timeout", text);
}

static u64 ask_nothing(void) {
  struct message m = { .op = NOTHING, .nonce = random_u64() };
  u64 nonce = m.nonce, start = now_ns();
  tell(&m, sizeof m, NULL);
  hear(&m, nonce, opt.timeout_ms);
  return now_ns() - start;
}

static void prepare(i64 slot, u32 inputs, u32 outputs, const u64 *bytes, u64 timeout_ms) {
  struct shared *s = &shared[slot];
  u32 count = inputs + outputs;
  if (s->bytes && s->inputs == inputs && s->outputs == outputs && !memcmp(s->bytes, bytes, count * 8)) return;
  for (int d = 0; d < 2; d++) if (s->map[d]) munmap(s->map[d], s->size[d] ? s->size[d] : PAGE);
  free(s->bytes);
  s->inputs = inputs, s->outputs = outputs;
  s->bytes = need(malloc(count * 8 + 8));
  memcpy(s->bytes, bytes, count * 8);
  s->size[0] = s->size[1] = 0;
  for (u32 t = 0; t < count; t++) s->size[t >= inputs] += span_of(bytes[t]);
  int fds[2];
  for (int d = 0; d < 2; d++) s->map[d] = share(s->size[d], d == 0, &fds[d]);
  u64 size = sizeof(struct message) + count * 8;
  struct message *m = need(calloc(1, size));
  m->op = MAP, m->slot = slot, m->nonce = random_u64(), m->inputs = inputs, m->outputs = outputs;
  u64 nonce = m->nonce;
  memcpy(m + 1, bytes, count * 8);
  tell(m, size, fds);
  close(fds[0]), close(fds[1]);
  hear(m, nonce, timeout_ms);
  free(m);
}

/* Noise that is no number, for the bytes that belong to nobody. */
static void fill_guard(u8 *at, u64 n, u64 salt) {
  for (u64 i = 0; i < n; i++) at[i] = (u8)(0xff ^ ((salt + i) * 0x9e37 >> 8 & 0x3f));
}
static int guard_intact(const u8 *at, u64 n, u64 salt) {
  for (u64 i = 0; i < n; i++) if (at[i] != (u8)(0xff ^ ((salt + i) * 0x9e37 >> 8 & 0x3f))) return 0;
  return 1;
}

/* Writes the tensors of one side from consecutive data, with guards around; salt tells the sides apart. */
static void write_side(struct shared *s, int side, const u8 *data, u64 salt) {
  u8 *at = s->map[side];
  u32 from = side ? s->inputs : 0, to = side ? s->inputs + s->outputs : s->inputs;
  for (u32 t = from; t < to; t++) {
    u64 bytes = s->bytes[t], span = span_of(bytes), start = start_of(bytes);
    fill_guard(at, start, salt);
    memcpy(at + start, data, bytes);
    fill_guard(at + start + bytes, span - start - bytes, salt + 7);
    at += span, data += bytes;
  }
}
static int guards_intact(struct shared *s, int side, u64 salt) {
  u8 *at = s->map[side];
  u32 from = side ? s->inputs : 0, to = side ? s->inputs + s->outputs : s->inputs;
  for (u32 t = from; t < to; t++) {
    u64 bytes = s->bytes[t], span = span_of(bytes), start = start_of(bytes);
    if (!guard_intact(at, start, salt) || !guard_intact(at + start + bytes, span - start - bytes, salt + 7)) return 0;
    at += span;
  }
  return 1;
}
static int same_side(struct shared *s, int side, const u8 *data) {
  u8 *at = s->map[side];
  u32 from = side ? s->inputs : 0, to = side ? s->inputs + s->outputs : s->inputs;
  for (u32 t = from; t < to; t++) {
    if (memcmp(at + start_of(s->bytes[t]), data, s->bytes[t])) return 0;
    at += span_of(s->bytes[t]), data += s->bytes[t];
  }
  return 1;
}
static u64 common_divisor(u64 a, u64 b) {
  while (b) { u64 r = a % b; a = b; b = r; }
  return a;
}

/* Copies outputs block by block in an order that nobody knows: who still writes cannot stay ahead of it. */
static void snapshot(struct shared *s, u8 *data) {
  u8 *at = s->map[1];
  for (u32 t = s->inputs; t < s->inputs + s->outputs; t++) {
    u64 bytes = s->bytes[t], blocks = (bytes + PAGE - 1) / PAGE;
    u64 step = blocks > 2 ? random_u64() % (blocks - 1) + 1 : 1, from = blocks ? random_u64() % blocks : 0;
    if (common_divisor(step, blocks) != 1) step = 1;
    for (u64 i = 0, block = from; i < blocks; i++, block = (block + step) % blocks) {
      u64 n = block * PAGE + PAGE > bytes ? bytes - block * PAGE : PAGE;
      memcpy(data + block * PAGE, at + start_of(bytes) + block * PAGE, n);
    }
    at += span_of(bytes), data += bytes;
  }
}

/* Reads and writes more than the last level of cache, and every core's own part, in a random order. */
static void flush_caches(void) {
  static u8 *pool;
  static u64 size;
  if (!pool) {
    long last = sysconf(_SC_LEVEL3_CACHE_SIZE);
    size = 2 * (u64)(last > 0 ? last : 32 << 20);
    if (size > 256ull << 20) size = 256ull << 20;
    pool = need(malloc(size));
    memset(pool, 1, size);
  }
  cpu_set_t before, one;
  sched_getaffinity(0, sizeof before, &before);
  u64 lines = size / 64, at = random_u64() % lines, step = (random_u64() % lines) | 1;
  for (int cpu = 0, first = 1; cpu < CPU_SETSIZE; cpu++) {
    if (!CPU_ISSET(cpu, &before)) continue;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    sched_setaffinity(0, sizeof one, &one);
    u64 n = first ? lines : lines < 65536 ? lines : 65536;
    for (u64 i = 0; i < n; i++, at = (at + step) % lines) pool[at * 64]++;
    first = 0;
  }
  sched_setaffinity(0, sizeof before, &before);
}

/* With threads about, nobody may run while inputs are laid out. */
static int freeze(u32 threads) {
  int status;
  if (threads < 2) return 0;
  kill(child, SIGSTOP);
  while (waitpid(child, &status, WUNTRACED) < 0 && errno == EINTR) {}
  if (!WIFSTOPPED(status)) { ended("signal", "it ended between calls"); }
  return 1;
}

/* The least and the largest of every element over all copies, as float32; what is no number stays. */
static void widen(u8 *least, u8 *most, const u8 *outputs, u64 bytes) {
  for (u64 at = 0; at + 4 <= bytes; at += 4) {
    float low, high, v;
    memcpy(&low, least + at, 4), memcpy(&high, most + at, 4), memcpy(&v, outputs + at, 4);
    if (low == low && !(v >= low)) memcpy(least + at, &v, 4);
    if (high == high && !(v <= high)) memcpy(most + at, &v, 4);
  }
}

struct request { i64 slot; u32 timed, cold, settle_ms, timeout_ms, inputs, outputs, dims, unused; };
struct result { int status; u32 flags, threads, forged; u64 idle_ns, cpu_ns, count, printed; };
enum { SAME = 1, SETTLED = 2, INPUTS = 4, GUARDS = 8 };

static void call(const u8 *data) {
  struct request r;
  memcpy(&r, data, sizeof r);
  data += sizeof r;
  const i64 *dims = (const i64 *)data;
  const u64 *bytes = (const u64 *)(data + 8ull * r.dims);
  data = (const u8 *)(bytes + r.inputs + r.outputs);
  u64 in_size = 0, out_size = 0;
  for (u32 t = 0; t < r.inputs; t++) in_size += bytes[t];
  for (u32 t = 0; t < r.outputs; t++) out_size += bytes[r.inputs + t];
  const u8 *poison = data + in_size;
  prepare(r.slot, r.inputs, r.outputs, bytes, r.timeout_ms);
  struct shared *s = &shared[r.slot];
  u64 copies = r.timed ? r.timed : 1;
  u64 *head = need(malloc(sizeof(struct result) + copies * 8));
  struct result *result = (struct result *)head;
  u64 *ns = (u64 *)(result + 1);
  u8 *outputs = need(malloc(out_size + 1)), *first = need(malloc(out_size + 1)), *range = NULL;
  u64 size = sizeof(struct message) + r.dims * 8;
  struct message *m = need(calloc(1, size)), heard;
  memset(result, 0, sizeof *result);
  result->flags = SAME | SETTLED | INPUTS | GUARDS;
  result->count = copies;
  /* More than that apart, the runner's clock and ours do not measure the same thing. */
  u64 slack = (r.cold ? 300000 : 30000) + 4 * overhead_ns;
  result->threads = child_threads();
  for (u64 i = 0; i < copies; i++) {
    u64 salt = random_u64();
    int frozen = freeze(result->threads);
    if (i == 0 || r.cold) write_side(s, 0, data, salt ^ 0x55);
    u64 input_salt = salt ^ 0x55;
    write_side(s, 1, poison, salt);
    if (r.cold) flush_caches();
    m->op = CALL, m->slot = r.slot, m->nonce = random_u64(), m->dims = r.dims;
    memcpy(m + 1, dims, 8ull * r.dims);
    u64 cpu = child_cpu_ns();
    if (frozen) kill(child, SIGCONT);
    u64 start = now_ns();
    tell(m, size, NULL);
    hear(&heard, m->nonce, r.timeout_ms);
    u64 wall = now_ns() - start, busy = child_cpu_ns() - cpu;
    u32 threads = result->threads > 1 ? result->threads : child_threads();
    snapshot(s, outputs);
    if (!guards_intact(s, 1, salt)) result->flags &= ~GUARDS;
    if (i == 0 || r.cold) { if (!guards_intact(s, 0, input_salt)) result->flags &= ~INPUTS; }
    result->cpu_ns += child_cpu_ns() - cpu;
    wall -= wall > overhead_ns ? overhead_ns : wall;
    /*
     * The runner's own clock knows nothing of waking up and switching, so it is the better one, as
     * long as it agrees with ours; with one thread, as long as the scheduler counted no more.
     */
    u64 least = threads < 2 && busy < wall ? busy : wall;
    int believed = heard.claimed_ns <= wall + slack && heard.claimed_ns + heard.claimed_ns / 16 + slack >= least;
    if (!believed && threads < 2) result->forged++;
    ns[i] = believed ? heard.claimed_ns : least;
    if ((int)heard.status) result->status = (int)heard.status;
    if (i == 0) memcpy(first, outputs, out_size);
    else if (!range && memcmp(first, outputs, out_size)) {
      result->flags &= ~SAME;
      range = need(malloc(2 * out_size + 8));
      memcpy(range, first, out_size);
      memcpy(range + out_size, first, out_size);
    }
    if (range) widen(range, range + out_size, outputs, out_size);
  }
  result->threads = child_threads();
  /* Half of the time to come to rest, and ten looks during the other. */
  u64 half = 500ull * r.settle_ms;
  sleep_us(half);
  for (int i = 0; half && i < 10; i++) {
    sleep_us(half / 10);
    if (child_runnable()) result->idle_ns += half * 100;
  }
  if (!same_side(s, 1, outputs)) result->flags &= ~SETTLED;
  if (!same_side(s, 0, data)) result->flags &= ~INPUTS;
  result->printed = said.total;
  u8 stray;
  ssize_t n = recv(wire, &stray, 1, MSG_DONTWAIT | MSG_PEEK);
  if (n == 0) ended(NULL, NULL);
  if (n > 0) ended("exited", "it wrote to the connection of its supervisor");
  u64 body = range ? 3 * out_size : out_size;
  if (range) {
    outputs = need(realloc(outputs, body + 1));
    memcpy(outputs + out_size, range, 2 * out_size);
  }
  answer(ANSWER_RESULT, head, sizeof *result + copies * 8, outputs, body);
  free(head), free(outputs), free(first), free(range), free(m);
}

static void close_session(void) { ended("closed", ""); }

static void supervise(void) {
  int pair[2], out[2];
  kernel_data = (char *)read_file(opt.kernel, &kernel_size);
  for (int i = 0; i < opt.nlibs; i++) dlopen(opt.libs[i], RTLD_NOW | RTLD_GLOBAL);
  hint = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (hint == MAP_FAILED || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) || pipe2(out, O_CLOEXEC)) give_up("a connection");
  int room = 1 << 20;
  setsockopt(pair[0], SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
  signal(SIGPIPE, SIG_IGN);
  child = enter(!opt.wide, opt.wide, put_kernel);
  if (child == 0) {
    int null = opt.bare ? open("/dev/null", O_RDONLY) : -1;
    if (null >= 0) dup2(null, 0); else close(0);
    dup2(out[1], 1), dup2(out[1], 2), dup2(pair[1], 3);
    for (int fd = 4; fd < 256; fd++) close(fd);
    /* The forge's copy of the file is none of the candidate's business. */
    free(kernel_data);
    run(3);
  }
  close(pair[1]), close(out[1]);
  wire = pair[0];
  said.fd = out[0];
  pthread_create(&said.thread, NULL, drain, NULL);
  u8 text[sizeof(struct message) + 4096];
  struct pollfd p = { wire, POLLIN, 0 };
  int got;
  do got = poll(&p, 1, (int)opt.timeout_ms); while (got < 0 && errno == EINTR);
  if (got == 0) ended("timeout", "it was not loaded in time");
  ssize_t n = recv(wire, text, sizeof text - 1, MSG_DONTWAIT);
  if (n < (ssize_t)sizeof(struct message)) ended(NULL, NULL);
  text[n] = 0;
  struct message *m = (struct message *)text;
  if (m->op != READY || !m->status) ended("exited", m->op == READY ? (char *)(m + 1) : "it wrote to the connection of its supervisor");
  overhead_ns = ~0ull;
  for (int i = 0; i < 20; i++) { u64 ns = ask_nothing(); if (ns < overhead_ns) overhead_ns = ns; }
  answer(ANSWER_READY, "", 0, &overhead_ns, 8);
  for (u64 size; read_all(0, &size, 8);) {
    u8 *frame = need(malloc(size + 8));
    if (!read_all(0, frame, size)) break;
    if (size < sizeof(struct request)) close_session();
    call(frame);
    free(frame);
  }
  close_session();
}
`;
