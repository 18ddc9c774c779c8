/** C: what the supervisor sees of the candidate from outside, and how it tells of its end. */
export const watch = String.raw`
static pid_t child;
static int wire;
static u64 overhead_ns;

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
`;
