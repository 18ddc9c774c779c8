/** C: a compiler or another tool in the sandbox, and the command line of the warden. */
export const tool = String.raw`
static u8 *in_data[64];
static u64 in_size[64];

static const char *base_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

static void put_inputs(void) {
  char path[300];
  for (int i = 0; i < opt.nin; i++) {
    snprintf(path, sizeof path, "tmp/%s", base_name(opt.in[i]));
    put_file(path, in_data[i], in_size[i], 0444);
  }
}

/* Runs a command to its end; its exit code is ours, 124 after a timeout. Outputs are copied out afterwards. */
static int run_tool(void) {
  int outs[16];
  for (int i = 0; i < opt.nin; i++) in_data[i] = read_file(opt.in[i], &in_size[i]);
  for (int i = 0; i < opt.nout; i++) {
    outs[i] = open(opt.out_path[i], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (outs[i] < 0) give_up(opt.out_path[i]);
  }
  int out[2];
  if (pipe2(out, O_CLOEXEC)) give_up("pipe");
  pid_t init = enter(0, 1, put_inputs);
  if (init == 0) {
    close(out[0]);
    if (chdir(opt.bare ? "." : "/tmp")) _exit(71);
    pid_t pid = fork();
    if (pid == 0) {
      int null = open("/dev/null", O_RDONLY);
      dup2(null, 0), dup2(out[1], 1), dup2(out[1], 2);
      for (int fd = 3; fd < 256; fd++) close(fd);
      filter_tool();
      char *env[68] = { "PATH=/usr/bin:/bin:/usr/local/bin", "HOME=/tmp", "TMPDIR=/tmp", "LC_ALL=C" };
      for (int i = 0; i < opt.nenv; i++) env[4 + i] = (char *)opt.env[i];
      environ = env;
      execvp(opt.command[0], opt.command);
      dprintf(2, "%s: %s\n", opt.command[0], strerror(errno));
      _exit(127);
    }
    close(out[1]);
    int status = 0, code = 71;
    for (pid_t got; (got = waitpid(-1, &status, 0)) != -1 || errno == EINTR;) if (got == pid) break;
    code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    for (int i = 0; code == 0 && i < opt.nout; i++) {
      /* What the tool left may be a link or a pipe: only a plain file is read. */
      int fd = open(opt.out_name[i], O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
      struct stat s;
      u8 buffer[65536];
      if (fd < 0 || fstat(fd, &s) || !S_ISREG(s.st_mode)) { code = 73; break; }
      for (ssize_t n; (n = read(fd, buffer, sizeof buffer)) > 0;) if (!write_all(outs[i], buffer, n)) code = 73;
    }
    _exit(code);
  }
  close(out[1]);
  u64 end = now_ns() + opt.timeout_ms * 1000000ull, total = 0;
  struct pollfd p[2] = { { out[0], POLLIN, 0 }, { 0, 0, 0 } };
  char buffer[65536];
  int late = 0;
  for (;;) {
    u64 now = now_ns();
    if (now >= end) { late = 1; break; }
    int got = poll(p, 2, (int)((end - now) / 1000000 + 1));
    if (got < 0 && errno == EINTR) continue;
    if (p[1].revents & (POLLHUP | POLLERR)) { late = 1; break; } /* nobody waits for the result any more */
    if (!(p[0].revents & (POLLIN | POLLHUP))) continue;
    ssize_t n = read(out[0], buffer, sizeof buffer);
    if (n <= 0) break;
    u64 keep = total + n > opt.output ? (total < opt.output ? opt.output - total : 0) : (u64)n;
    if (keep && !write_all(1, buffer, keep)) { late = 1; break; }
    total += n;
  }
  int status;
  /* Children that live on without an output: the end of init ends them all. */
  while (!late && now_ns() < end) {
    pid_t got = waitpid(init, &status, WNOHANG);
    if (got == init) return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    sleep_us(300);
  }
  kill(init, SIGKILL);
  while (waitpid(init, &status, 0) < 0 && errno == EINTR) {}
  return 124;
}

static const char *value_of(const char *argument, const char *name) {
  size_t n = strlen(name);
  return strncmp(argument, name, n) || argument[n] != '=' ? NULL : argument + n + 1;
}

int main(int argc, char **argv) {
  int session = argc > 1 && !strcmp(argv[1], "session");
  for (int i = 2; i < argc; i++) {
    const char *v;
    if (!strcmp(argv[i], "--")) { opt.command = argv + i + 1; break; }
    else if (!strcmp(argv[i], "bare")) opt.bare = 1;
    else if (!strcmp(argv[i], "wide")) opt.wide = 1;
    else if ((v = value_of(argv[i], "kernel"))) opt.kernel = v;
    else if ((v = value_of(argv[i], "symbol"))) opt.symbol = v;
    else if ((v = value_of(argv[i], "memory"))) opt.memory = strtoull(v, NULL, 10);
    else if ((v = value_of(argv[i], "processes"))) opt.processes = strtoull(v, NULL, 10);
    else if ((v = value_of(argv[i], "timeout"))) opt.timeout_ms = strtoull(v, NULL, 10);
    else if ((v = value_of(argv[i], "output"))) opt.output = strtoull(v, NULL, 10);
    else if ((v = value_of(argv[i], "tmp"))) opt.tmp = strtoull(v, NULL, 10);
    else if ((v = value_of(argv[i], "lib")) && opt.nlibs < 64) opt.libs[opt.nlibs++] = v;
    else if ((v = value_of(argv[i], "bind")) && opt.nbinds < 64) opt.binds[opt.nbinds++] = v;
    else if ((v = value_of(argv[i], "env")) && opt.nenv < 60) opt.env[opt.nenv++] = v;
    else if ((v = value_of(argv[i], "in")) && opt.nin < 64) opt.in[opt.nin++] = v;
    else if ((v = value_of(argv[i], "out")) && opt.nout < 16) {
      char *colon = strchr(v, ':');
      if (!colon) return 64;
      *colon = 0;
      opt.out_name[opt.nout] = v, opt.out_path[opt.nout++] = colon + 1;
    } else { dprintf(2, "warden: unknown argument %s\n", argv[i]); return 64; }
  }
  if (session && opt.kernel) supervise();
  if (!session && opt.command && opt.command[0]) return run_tool();
  dprintf(2, "warden session kernel=FILE ... | warden tool ... -- COMMAND\n");
  return 64;
}
`;
