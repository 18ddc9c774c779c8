/** C: what every part of the warden needs. */
export const base = String.raw`
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

typedef uint8_t u8;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int64_t i64;

#define PAGE 4096ull
#define LOG_HEAD 3000
#define LOG_TAIL 1000
#define MOST_TENSORS 4096

/* What the command line says. */
static struct {
  const char *kernel, *symbol;
  u64 memory, processes, timeout_ms, output, tmp;
  int bare, wide;
  const char *libs[64], *binds[64], *in[64], *out_name[16], *out_path[16], *env[64];
  int nlibs, nbinds, nin, nout, nenv;
  char **command;
} opt = { .symbol = "forge_kernel", .memory = 4ull << 30, .processes = 64, .timeout_ms = 10000,
          .output = 1 << 16, .tmp = 512ull << 20 };

static void *need(void *p) {
  if (!p) { dprintf(2, "warden: out of memory\n"); _exit(70); }
  return p;
}

static u64 now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (u64)t.tv_sec * 1000000000ull + t.tv_nsec;
}

static void sleep_us(long us) {
  struct timespec t = { us / 1000000, (us % 1000000) * 1000 };
  nanosleep(&t, NULL);
}

/* Whole reads and writes; 0 at the end of the stream or on an error. */
static int read_all(int fd, void *to, u64 n) {
  for (u8 *p = to; n;) {
    ssize_t got = read(fd, p, n > (1u << 30) ? 1u << 30 : n);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return 0;
    p += got; n -= got;
  }
  return 1;
}
static int write_all(int fd, const void *from, u64 n) {
  for (const u8 *p = from; n;) {
    ssize_t put = write(fd, p, n > (1u << 30) ? 1u << 30 : n);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return 0;
    p += put; n -= put;
  }
  return 1;
}

static u8 *read_file(const char *path, u64 *size) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  struct stat s;
  if (fd < 0 || fstat(fd, &s)) { dprintf(2, "warden: cannot read %s: %s\n", path, strerror(errno)); _exit(70); }
  u8 *data = need(malloc(s.st_size + 1));
  if (!read_all(fd, data, s.st_size)) { dprintf(2, "warden: cannot read %s\n", path); _exit(70); }
  close(fd);
  *size = s.st_size;
  return data;
}

static u64 random_u64(void) {
  u64 r = 0;
  while (syscall(SYS_getrandom, &r, sizeof r, 0) != sizeof r) {}
  return r;
}

/* The first and last words that a process wrote; the rest is thrown away, however much it is. */
static struct {
  int fd;
  u64 total;
  char head[LOG_HEAD], tail[LOG_TAIL];
  pthread_mutex_t lock;
  pthread_t thread;
} said = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void *drain(void *unused) {
  char buffer[65536];
  for (;;) {
    ssize_t got = read(said.fd, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return unused;
    pthread_mutex_lock(&said.lock);
    for (ssize_t i = 0; i < got; i++, said.total++) {
      if (said.total < LOG_HEAD) said.head[said.total] = buffer[i];
      else if (got - i <= LOG_TAIL || said.total % 4096 == 0) said.tail[said.total % LOG_TAIL] = buffer[i];
    }
    pthread_mutex_unlock(&said.lock);
  }
}

/* Copies the log to a buffer of LOG_HEAD + LOG_TAIL + 100 bytes and returns its length. */
static u64 log_text(char *to) {
  pthread_mutex_lock(&said.lock);
  u64 n = said.total < LOG_HEAD ? said.total : LOG_HEAD;
  memcpy(to, said.head, n);
  if (said.total > LOG_HEAD) {
    u64 rest = said.total - LOG_HEAD;
    if (rest > LOG_TAIL) n += sprintf(to + n, "\n... %llu bytes left out ...\n", (unsigned long long)(rest - LOG_TAIL));
    if (rest > LOG_TAIL) rest = LOG_TAIL;
    for (u64 i = said.total - rest; i < said.total; i++) to[n++] = said.tail[i % LOG_TAIL];
  }
  pthread_mutex_unlock(&said.lock);
  return n;
}
`;
