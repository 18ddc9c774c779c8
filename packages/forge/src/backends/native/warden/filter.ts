/** C: which system calls a sandboxed process may make. Root cannot take a filter off either. */
export const filter = `
#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define LOW(n) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args) + 8 * (n))
#define RET(action) BPF_STMT(BPF_RET | BPF_K, action)
#define REFUSE(error) (SECCOMP_RET_ERRNO | (error))

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#else
#error "the warden knows x86-64 and arm64"
#endif

/* What a kernel, the C and C++ libraries and an OpenMP pool need. */
static const int allowed[] = {
  SYS_read, SYS_write, SYS_readv, SYS_writev, SYS_close, SYS_fstat, SYS_newfstatat, SYS_lseek, SYS_pread64, SYS_mmap, SYS_mprotect,
  SYS_munmap, SYS_brk, SYS_mremap, SYS_madvise, SYS_rt_sigprocmask, SYS_rt_sigreturn,
  SYS_sigaltstack, SYS_sched_yield, SYS_sched_getaffinity, SYS_sched_setaffinity, SYS_getpid, SYS_gettid,
  SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid, SYS_futex, SYS_nanosleep, SYS_clock_nanosleep,
  SYS_clock_gettime, SYS_clock_getres, SYS_gettimeofday, SYS_getrandom, SYS_exit, SYS_exit_group,
  SYS_set_robust_list, SYS_set_tid_address, SYS_rseq, SYS_recvmsg, SYS_sendmsg, SYS_sendto, SYS_recvfrom,
  SYS_ppoll, SYS_tgkill, SYS_restart_syscall, SYS_membarrier, SYS_getcpu, SYS_uname, SYS_sysinfo, SYS_getrusage,
  SYS_get_mempolicy,
#ifdef __x86_64__
  SYS_time, SYS_poll, SYS_arch_prctl,
#endif
};

/* What no kernel does by accident: the call ends the process, and is told. */
static const int forbidden[] = {
  SYS_execve, SYS_execveat, SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_ptrace, SYS_process_vm_readv,
  SYS_process_vm_writev, SYS_kill, SYS_tkill, SYS_unlinkat, SYS_renameat, SYS_renameat2, SYS_mkdirat, SYS_linkat,
  SYS_symlinkat, SYS_truncate, SYS_ftruncate, SYS_fchmodat, SYS_fchownat, SYS_mount, SYS_umount2, SYS_pivot_root,
  SYS_chroot, SYS_unshare, SYS_setns, SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_io_uring_setup,
  SYS_memfd_create, SYS_shmget, SYS_msgget, SYS_semget, SYS_mq_open, SYS_keyctl, SYS_add_key, SYS_setrlimit,
  SYS_personality, SYS_setuid, SYS_setgid, SYS_setreuid, SYS_setresuid, SYS_setgroups, SYS_setpriority,
  SYS_sched_setscheduler, SYS_sched_setattr, SYS_pidfd_open, SYS_pidfd_getfd, SYS_pidfd_send_signal, SYS_seccomp,
  SYS_fallocate, SYS_mknodat, SYS_reboot, SYS_kexec_load, SYS_init_module, SYS_finit_module, SYS_settimeofday,
  SYS_clock_settime, SYS_dup, SYS_dup3,
#ifdef __x86_64__
  SYS_fork, SYS_vfork, SYS_creat, SYS_unlink, SYS_rename, SYS_mkdir, SYS_rmdir, SYS_link, SYS_symlink, SYS_chmod,
  SYS_chown, SYS_mknod, SYS_dup2, SYS_ioperm, SYS_iopl, SYS_modify_ldt,
#endif
};

#define WRITING (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND)

static void install(struct sock_filter *code, unsigned short length) {
  struct sock_fprog program = { length, code };
  if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program)) give_up("seccomp");
}

/* For the process that holds a kernel. */
static void filter_kernel(void) {
  struct sock_filter code[512];
  unsigned short n = 0;
#define ADD(...) do { struct sock_filter s[] = { __VA_ARGS__ }; memcpy(code + n, s, sizeof s); n += sizeof s / sizeof *s; } while (0)
#define IS(k) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, k, 0, 1)
  ADD(LOAD(arch), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0), RET(SECCOMP_RET_KILL_PROCESS), LOAD(nr));
#ifdef __x86_64__
  ADD(BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1), RET(SECCOMP_RET_KILL_PROCESS));
#endif
  for (unsigned i = 0; i < sizeof allowed / sizeof *allowed; i++) ADD(IS(allowed[i]), RET(SECCOMP_RET_ALLOW));
  for (unsigned i = 0; i < sizeof forbidden / sizeof *forbidden; i++) ADD(IS(forbidden[i]), RET(SECCOMP_RET_TRAP));
  ADD(IS(SYS_clone3), RET(REFUSE(ENOSYS)));
  /* Threads, and no other processes. */
  ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 4), LOW(0),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1), RET(SECCOMP_RET_ALLOW), RET(SECCOMP_RET_TRAP));
  /* Files are opened for reading only (there are none but the kernel's own). */
  ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 4), LOW(2),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, WRITING, 0, 1), RET(SECCOMP_RET_TRAP), RET(SECCOMP_RET_ALLOW));
#ifdef __x86_64__
  ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_open, 0, 4), LOW(1),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, WRITING, 0, 1), RET(SECCOMP_RET_TRAP), RET(SECCOMP_RET_ALLOW));
#endif
  /* The signal that tells of a forbidden call stays ours. */
  ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_rt_sigaction, 0, 4), LOW(0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SIGSYS, 0, 1), RET(SECCOMP_RET_KILL_PROCESS), RET(SECCOMP_RET_ALLOW));
  /* A thread may be given a name. */
  ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_prctl, 0, 4), LOW(0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PR_SET_NAME, 0, 1), RET(SECCOMP_RET_ALLOW), RET(SECCOMP_RET_TRAP));
  /* Limits may be read: the pointer to new ones must be null. */
  ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_prlimit64, 0, 6), LOW(2),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args) + 8 * 2 + 4),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1), RET(SECCOMP_RET_ALLOW), RET(SECCOMP_RET_TRAP));
  ADD(RET(REFUSE(EPERM)));
  install(code, n);
}

/* For compilers and other tools: they fork and write, in a sandbox without network or machine. */
static const int never[] = {
  SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_mount, SYS_umount2, SYS_pivot_root, SYS_unshare,
  SYS_setns, SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_io_uring_setup, SYS_keyctl, SYS_add_key, SYS_reboot,
  SYS_kexec_load, SYS_init_module, SYS_finit_module, SYS_settimeofday, SYS_clock_settime, SYS_shmget, SYS_msgget,
  SYS_semget,
};
static void filter_tool(void) {
  struct sock_filter code[256];
  unsigned short n = 0;
  ADD(LOAD(arch), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0), RET(SECCOMP_RET_KILL_PROCESS), LOAD(nr));
#ifdef __x86_64__
  ADD(BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1), RET(SECCOMP_RET_KILL_PROCESS));
#endif
  for (unsigned i = 0; i < sizeof never / sizeof *never; i++) ADD(IS(never[i]), RET(REFUSE(EPERM)));
  ADD(RET(SECCOMP_RET_ALLOW));
  install(code, n);
}
`;
