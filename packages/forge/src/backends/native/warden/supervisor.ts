/** C: the process that watches the candidate's from outside: caches, copies, the clock, the calls. */
export const supervisor = `
static char *kernel_data;
static u64 kernel_size;

static void put_kernel(void) {
  put_file(opt.wide ? "tmp/kernel.so" : "kernel.so", (u8 *)kernel_data, kernel_size, 0444);
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
