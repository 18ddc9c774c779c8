/**
 * C: the process that holds the candidate. Nothing that it says is believed: it receives calls and
 * answers that they are done, and the supervisor looks at the shared outputs by itself.
 */
export const runner = `
enum { MAP = 1, CALL = 2, NOTHING = 3, READY = 4, DONE = 5 };

/* Between supervisor and runner, over a socket that keeps messages apart. */
struct message {
  u32 op;
  i64 slot;
  u64 nonce, claimed_ns;
  u32 status, inputs, outputs, dims;
  /* Then: MAP: bytes of every tensor (u64); CALL: dims (i64); READY: text. */
};

/* Where the runner would write what it died of; a hint for the evidence and no more. */
struct hint {
  int signal, output, writes;
  u32 tensor, call;
  i64 beyond;
};
static struct hint *hint;

/* A tensor ends where its last page ends, up to 64 bytes, and pages that nobody may touch follow and precede. */
static u64 aligned(u64 n, u64 to) { return (n + to - 1) / to * to; }
static u64 span_of(u64 bytes) { return aligned(bytes ? bytes : 1, PAGE); }
static u64 start_of(u64 bytes) { return span_of(bytes) - aligned(bytes, 64); }

#define SLOTS 64
static struct slot {
  u32 inputs, outputs;
  u64 *bytes;
  u8 **at;
  u8 *reserved;
  u64 size;
} slots[SLOTS];

static void on_fault(int signal, siginfo_t *info, void *context) {
  if (hint && !hint->signal) {
    u8 *address = info->si_addr;
    hint->signal = signal;
    hint->tensor = ~0u;
    if (signal == SIGSYS) hint->call = info->si_syscall;
#ifdef __x86_64__
    else if (signal == SIGSEGV) hint->writes = (((ucontext_t *)context)->uc_mcontext.gregs[REG_ERR] >> 1) & 1;
#endif
    for (int s = 0; s < SLOTS && signal == SIGSEGV; s++) {
      for (u32 t = 0; slots[s].at && t < slots[s].inputs + slots[s].outputs; t++) {
        u8 *from = slots[s].at[t];
        if (address < from - start_of(slots[s].bytes[t]) - PAGE * 16 || address >= from + aligned(slots[s].bytes[t], 64) + PAGE * 16) continue;
        hint->output = t >= slots[s].inputs;
        hint->tensor = hint->output ? t - slots[s].inputs : t;
        hint->beyond = address < from ? address - from : address >= from + slots[s].bytes[t] ? address - (from + slots[s].bytes[t]) + 1 : 0;
      }
    }
  }
  struct sigaction plain = { .sa_handler = SIG_DFL };
  if (signal == SIGSYS) _exit(159);
  sigaction(signal, &plain, NULL);
  if (signal == SIGABRT) _exit(134);
}

static void receive(int fd, void *buffer, u64 size, u64 *got, int fds[2]) {
  struct iovec io = { buffer, size };
  char control[CMSG_SPACE(2 * sizeof(int))];
  struct msghdr m = { .msg_iov = &io, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control };
  ssize_t n;
  do n = recvmsg(fd, &m, MSG_CMSG_CLOEXEC); while (n < 0 && errno == EINTR);
  if (n <= 0) _exit(0);
  *got = n;
  struct cmsghdr *c = CMSG_FIRSTHDR(&m);
  if (c && c->cmsg_type == SCM_RIGHTS && c->cmsg_len == CMSG_LEN(2 * sizeof(int))) memcpy(fds, CMSG_DATA(c), 2 * sizeof(int));
}

/* Reserves room with unreachable pages between the tensors and maps inputs read-only, outputs not. */
static void map_slot(const struct message *m, const u64 *bytes, const int fds[2]) {
  struct slot *s = &slots[m->slot % SLOTS];
  u32 count = m->inputs + m->outputs;
  if (s->reserved) munmap(s->reserved, s->size), free(s->at), free(s->bytes);
  /* More than a page apart: what strides past an end by a row does not land in a neighbour. */
  const u64 gap = 16 * PAGE;
  s->inputs = m->inputs, s->outputs = m->outputs;
  s->bytes = need(malloc(count * 8 + 8));
  s->at = need(malloc(count * sizeof(u8 *) + 8));
  memcpy(s->bytes, bytes, count * 8);
  s->size = gap;
  for (u32 t = 0; t < count; t++) s->size += span_of(bytes[t]) + gap;
  s->reserved = mmap(NULL, s->size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (s->reserved == MAP_FAILED) give_up("room for the tensors (the limit of memory)");
  u8 *at = s->reserved + gap;
  u64 offset[2] = { 0, 0 };
  for (u32 t = 0; t < count; t++) {
    int out = t >= m->inputs;
    u64 span = span_of(bytes[t]);
    if (mmap(at, span, out ? PROT_READ | PROT_WRITE : PROT_READ, MAP_SHARED | MAP_FIXED | MAP_POPULATE, fds[out], offset[out]) == MAP_FAILED)
      give_up("mapping a tensor");
    s->at[t] = at + start_of(bytes[t]);
    offset[out] += span;
    at += span + gap;
  }
  close(fds[0]), close(fds[1]);
}

typedef int kernel(const void *const *, void *const *, const long long *);

static void *load(const char *path, char *why, u64 size) {
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  void *entry = library ? dlsym(library, opt.symbol) : NULL;
  if (!entry) snprintf(why, size, "%s", dlerror());
  return entry;
}

/* The runner's whole life; it ends when the supervisor does. */
static void run(int fd) {
  const u64 most = sizeof(struct message) + MOST_TENSORS * 8;
  struct message *m = need(malloc(most));
  static u8 alternative[65536];
  stack_t stack = { .ss_sp = alternative, .ss_size = sizeof alternative };
  struct sigaction act = { .sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK };
  const int signals[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS };
  sigaltstack(&stack, NULL);
  for (unsigned i = 0; i < sizeof signals / sizeof *signals; i++) sigaction(signals[i], &act, NULL);
  if (opt.wide) filter_tool();
  else filter_kernel();
  memset(m, 0, sizeof *m);
  m->op = READY;
  char *why = (char *)(m + 1);
  kernel *entry = (kernel *)load(opt.bare ? opt.kernel : opt.wide ? "/tmp/kernel.so" : "/kernel.so", why, 2000);
  m->status = entry != NULL;
  if (send(fd, m, sizeof *m + (entry ? 0 : strlen(why) + 1), 0) < 0 || !entry) _exit(72);
  for (;;) {
    u64 got;
    int fds[2] = { -1, -1 };
    receive(fd, m, most, &got, fds);
    u64 nonce = m->nonce;
    if (m->op == MAP) map_slot(m, (u64 *)(m + 1), fds);
    m->status = 0;
    m->claimed_ns = 0;
    if (m->op == CALL) {
      struct slot *s = &slots[m->slot % SLOTS];
      const long long *dims = (const long long *)(m + 1);
      u64 start = now_ns();
      int status = entry((const void *const *)s->at, (void *const *)(s->at + s->inputs), dims);
      u64 end = now_ns();
      m->status = status;
      m->claimed_ns = end - start;
    }
    m->op = DONE;
    m->nonce = nonce;
    send(fd, m, sizeof *m, 0);
  }
}
`;
