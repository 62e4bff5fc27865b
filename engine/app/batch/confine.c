// Brevier — what a worker may do.
// seccomp refuses system calls by number, Landlock refuses files by folder; both are for good and
// need no privilege. The refusal is EPERM or EACCES, so that a library that only asks goes on.
// SPDX-License-Identifier: MIT
#include "app/batch/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
enum { LIMITS_MEMORY = 0 }; // its shadow alone is terabytes
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
enum { LIMITS_MEMORY = 0 };
#else
enum { LIMITS_MEMORY = 1 };
#endif
#else
enum { LIMITS_MEMORY = 1 };
#endif

// ---- limits

static rlim_t address_space(void)
{
    unsigned long long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file || fscanf(file, "%llu", &pages) != 1) // NOLINT: a number of the kernel's
        pages = 0;
    if (file)
        fclose(file);
    return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

static void limit(int resource, rlim_t value)
{
    struct rlimit both = { value, value };
    setrlimit((__rlimit_resource_t)resource, &both);
}

static void limits_set(void)
{
    enum { FILES = 256, FILE_BYTES = 512 << 20 };
    const rlim_t memory_bytes = (rlim_t)1 << 30;
    if (LIMITS_MEMORY)
        limit(RLIMIT_AS, address_space() + memory_bytes);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NOFILE, FILES);
    limit(RLIMIT_FSIZE, FILE_BYTES);
}

void brv_confine_item_begin(unsigned seconds, uint64_t *until)
{
    struct rusage usage;
    struct rlimit cpu;
    if (getrusage(RUSAGE_SELF, &usage) != 0)
        return;
    uint64_t wanted =
        (uint64_t)usage.ru_utime.tv_sec + (uint64_t)usage.ru_stime.tv_sec + seconds + 2;
    if (wanted == *until || getrlimit(RLIMIT_CPU, &cpu) != 0)
        return;
    *until = wanted;
    cpu.rlim_cur = wanted < cpu.rlim_max ? (rlim_t)wanted : cpu.rlim_max;
    setrlimit(RLIMIT_CPU, &cpu);
}

// ---- system calls

static const int refused[] = {
    SCMP_SYS(socket),
    SCMP_SYS(socketpair),
    SCMP_SYS(connect),
    SCMP_SYS(bind),
    SCMP_SYS(listen),
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(clone),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(kill),
    SCMP_SYS(tkill),
    SCMP_SYS(pidfd_open),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(pidfd_send_signal),
    SCMP_SYS(rt_sigqueueinfo),
    SCMP_SYS(rt_tgsigqueueinfo),
    SCMP_SYS(process_madvise),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(chroot),
    SCMP_SYS(pivot_root),
    SCMP_SYS(setns),
    SCMP_SYS(unshare),
    SCMP_SYS(keyctl),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(delete_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(reboot),
    SCMP_SYS(swapon),
    SCMP_SYS(open_by_handle_at),
    SCMP_SYS(shmget),
    SCMP_SYS(msgget),
};

static bool calls_refuse(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (!filter)
        return false;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0);
    // To itself, by which abort() ends it, and to nobody else.
    const struct scmp_arg_cmp others = {
        .arg = 0,
        .op = SCMP_CMP_NE,
        .datum_a = (scmp_datum_t)getpid(),
    };
    seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(tgkill), 1, &others);
    // The C library falls back to clone(), which is refused above.
    seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    bool is_granted = seccomp_load(filter) == 0;
    seccomp_release(filter);
    return is_granted;
}

// ---- files

// Rights that kernels after the first with Landlock know, by the version of its interface.
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif
enum { VERSION_REFER = 2, VERSION_TRUNCATE = 3 };

static int landlock_version(void)
{
    return (int)syscall(
        SYS_landlock_create_ruleset, NULL, (size_t)0, LANDLOCK_CREATE_RULESET_VERSION);
}

// A folder with all beneath it, or one file.
static void path_allow(int rules, brv_str path, uint64_t access, struct brv_arena *arena)
{
    const uint64_t of_files = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                              LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_TRUNCATE;
    struct landlock_path_beneath_attr beneath = {
        .allowed_access = access,
        .parent_fd = open(brv_arena_cstr(arena, path), O_PATH | O_CLOEXEC),
    };
    struct stat status;
    if (beneath.parent_fd < 0)
        return; // it is not there to be read
    if (fstat(beneath.parent_fd, &status) == 0 && !S_ISDIR(status.st_mode))
        beneath.allowed_access &= of_files; // a rule with more would not be taken
    syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0U);
    close(beneath.parent_fd);
}

static bool files_refuse(const struct brv_confine_options *options)
{
    const uint64_t reading = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    const int version = landlock_version();
    const uint64_t writing = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                             LANDLOCK_ACCESS_FS_MAKE_REG |
                             (version >= VERSION_TRUNCATE ? LANDLOCK_ACCESS_FS_TRUNCATE : 0);
    const uint64_t rest = (version >= VERSION_REFER ? LANDLOCK_ACCESS_FS_REFER : 0) |
                          LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                          LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
                          LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                          LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;
    struct landlock_ruleset_attr attributes = {
        .handled_access_fs = writing | rest | (options->readable_count > 0 ? reading : 0),
    };
    int rules = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0U);
    if (rules < 0)
        return false;
    struct brv_arena *arena = brv_arena_new();
    for (size_t i = 0; i < options->readable_count; i++)
        path_allow(rules, options->readable[i], reading, arena);
    if (options->writable.len > 0)
        path_allow(
            rules, options->writable, writing | (options->readable_count > 0 ? reading : 0), arena);
    bool is_granted = syscall(SYS_landlock_restrict_self, rules, 0U) == 0;
    close(rules);
    brv_arena_free(arena);
    return is_granted;
}

// ---- exported

struct brv_confine_grant brv_confine(const struct brv_confine_options *options)
{
    limits_set();
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    struct brv_confine_grant grant;
    grant.has_landlock = files_refuse(options);
    grant.has_seccomp = calls_refuse();
    return grant;
}

struct brv_confine_grant brv_confine_try(void)
{
    enum { LANDLOCK = 1, SECCOMP = 2 };
    pid_t child = fork();
    if (child == 0) {
        struct brv_confine_grant grant = brv_confine(&(struct brv_confine_options){ 0 });
        _exit((grant.has_landlock ? LANDLOCK : 0) + (grant.has_seccomp ? SECCOMP : 0));
    }
    int status = 0;
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    int granted = child > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 0;
    return (struct brv_confine_grant){ (granted & LANDLOCK) != 0, (granted & SECCOMP) != 0 };
}
