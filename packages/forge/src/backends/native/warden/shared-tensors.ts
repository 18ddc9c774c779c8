/** C: inputs and outputs in memory that both processes map, with guards around them, and the words between the two. */
export const sharedTensors = String.raw`
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
`;
