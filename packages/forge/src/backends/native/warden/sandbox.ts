/** C: namespaces, a file system of its own, an unprivileged user, limits. */
export const sandbox = String.raw`
static const int all_namespaces =
  CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS;

/* Whoever sets up the sandbox and fails says so in a line and ends with 71. */
static void give_up(const char *what) {
  dprintf(2, "warden: %s: %s\n", what, strerror(errno));
  _exit(71);
}

static void write_text(const char *path, const char *text) {
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text)) give_up(path);
  close(fd);
}

/*
 * Maps user and group 1000 inside to an outer user: for root to a number that nobody has, another
 * one a sandbox (so that the cap on processes counts this sandbox alone), else to the caller.
 */
static void map_ids(pid_t pid) {
  char path[64], map[64];
  int root = geteuid() == 0;
  u32 outer = root ? 0x70000000u + (u32)pid : geteuid(), group = root ? outer : getegid();
  if (!root) {
    snprintf(path, sizeof path, "/proc/%d/setgroups", pid);
    write_text(path, "deny");
  }
  snprintf(path, sizeof path, "/proc/%d/uid_map", pid);
  snprintf(map, sizeof map, "1000 %u 1\n", outer);
  write_text(path, map);
  snprintf(path, sizeof path, "/proc/%d/gid_map", pid);
  snprintf(map, sizeof map, "1000 %u 1\n", group);
  write_text(path, map);
}

static void put_file(const char *path, const u8 *data, u64 size, int mode) {
  int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (fd < 0 || !write_all(fd, data, size)) give_up(path);
  close(fd);
}

static void make_parents(char *path) {
  for (char *p = path + 1; *p; p++) {
    if (*p != '/') continue;
    *p = 0;
    mkdir(path, 0755);
    *p = '/';
  }
}

/* Shows a folder, file or link of the machine under the same name, read-only. */
static void show(const char *path) {
  struct stat s;
  char at[4096], to[4096];
  if (lstat(path, &s)) return;
  snprintf(at, sizeof at, ".%s", path);
  make_parents(at);
  if (S_ISLNK(s.st_mode)) {
    ssize_t n = readlink(path, to, sizeof to - 1);
    if (n > 0) { to[n] = 0; if (symlink(to, at)) {} }
    return;
  }
  if (S_ISDIR(s.st_mode)) mkdir(at, 0755);
  else close(open(at, O_CREAT | O_CLOEXEC, 0644));
  if (mount(path, at, NULL, MS_BIND | MS_REC, NULL)) give_up(path);
  /* mount_setattr: read-only, no set-user-id programs, everything below too. */
  struct { u64 set, clear, propagation, userns; } attributes = { 1 | 2, 0, MS_PRIVATE, 0 };
  if (S_ISDIR(s.st_mode) && syscall(442, AT_FDCWD, at, 0x8000, &attributes, sizeof attributes)) {
    if (mount(NULL, at, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID, NULL)) give_up(at);
  }
}

static const char *system_folders[] = { "/usr", "/bin", "/lib", "/lib32", "/lib64", "/etc/alternatives",
  "/etc/ld.so.cache", "/dev/null", "/dev/zero", "/dev/urandom", NULL };

/* A new root in memory: the files of "put", and where "wide" the system's folders and a /tmp. */
static void new_root(int wide, void (*put)(void)) {
  if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL)) give_up("private mounts");
  if (mount("forge", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, "mode=755,size=64m")) give_up("a root in memory");
  if (chdir("/tmp")) give_up("the new root");
  if (wide) {
    for (int i = 0; system_folders[i]; i++) show(system_folders[i]);
    for (int i = 0; i < opt.nbinds; i++) show(opt.binds[i]);
    char size[64];
    snprintf(size, sizeof size, "mode=700,size=%llu", (unsigned long long)opt.tmp);
    mkdir("tmp", 0700);
    mkdir("proc", 0755);
    if (mount("forge", "tmp", "tmpfs", MS_NOSUID | MS_NODEV, size)) give_up("a folder in memory");
    if (mount("proc", "proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL)) {} /* not everywhere */
  }
  put();
  if (syscall(SYS_pivot_root, ".", ".")) give_up("pivot_root");
  if (umount2(".", MNT_DETACH) || chdir("/")) give_up("leaving the old root");
  if (mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV, NULL))
    give_up("a read-only root");
}

static void limit(int what, u64 most) {
  struct rlimit l = { most, most };
  if (setrlimit(what, &l)) give_up("setrlimit");
}

static void set_limits(int strict) {
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_MEMLOCK, 0);
  limit(RLIMIT_MSGQUEUE, 0);
  limit(RLIMIT_NOFILE, strict ? 32 : 256);
  if (strict) limit(RLIMIT_FSIZE, 0);
  else limit(RLIMIT_FSIZE, opt.tmp);
  if (opt.memory) limit(RLIMIT_AS, opt.memory);
}

/* The last of the privileges: the user, the capabilities, whatever an exec could give back. */
static void become_nobody(void) {
  if (geteuid() != 1000 && (setresgid(1000, 1000, 1000) || setresuid(1000, 1000, 1000))) give_up("the inner user");
}
static void drop_capabilities(void) {
  struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3, 0 };
  struct __user_cap_data_struct none[2];
  memset(none, 0, sizeof none);
  for (int cap = 0; cap < 64; cap++) prctl(PR_CAPBSET_DROP, cap, 0, 0, 0);
  if (!opt.bare && syscall(SYS_capset, &head, none)) give_up("capset");
}

/*
 * Forks a child that sits in namespaces of its own and waits there until its users are mapped;
 * returns 0 in the child. "put" fills the new root. Afterwards the child has no privilege left;
 * the filter on system calls is its own affair.
 */
static pid_t enter(int strict, int wide, void (*put)(void)) {
  int go[2];
  if (pipe2(go, O_CLOEXEC)) give_up("pipe");
  int root = geteuid() == 0;
  pid_t pid = syscall(SYS_clone, (opt.bare ? 0 : all_namespaces) | SIGCHLD, 0, 0, 0, 0);
  if (pid < 0) give_up("namespaces");
  if (pid > 0) {
    close(go[0]);
    if (!opt.bare) map_ids(pid);
    if (write(go[1], "g", 1) != 1) give_up("pipe");
    close(go[1]);
    return pid;
  }
  char byte;
  close(go[1]);
  if (read(go[0], &byte, 1) != 1) _exit(71);
  close(go[0]);
  setsid();
  if (!opt.bare) {
    if (root && syscall(SYS_setgroups, 0, NULL)) give_up("setgroups");
    /* The uid is unmapped until now, and no capability is lost by taking it. */
    prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0);
    become_nobody();
    struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3, 0 };
    struct __user_cap_data_struct all[2];
    if (syscall(SYS_capget, &head, all)) give_up("capget");
    for (int i = 0; i < 2; i++) all[i].effective = all[i].permitted;
    if (syscall(SYS_capset, &head, all)) give_up("capset");
    if (sethostname("forge", 5)) give_up("sethostname");
    new_root(wide, put);
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  set_limits(strict);
  limit(RLIMIT_NPROC, opt.processes);
  drop_capabilities();
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) give_up("no_new_privs");
  return 0;
}
`;
