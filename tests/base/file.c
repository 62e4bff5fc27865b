// Brevier — tests of reading and writing files, and of what goes wrong there.
// SPDX-License-Identifier: MIT
#include "base/file.h"
#include "base/system.h"
#include "harness.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

// Each test works in an empty folder of its own.
struct folder {
    struct fixture fixture;
    brv_str path;
};

static void folder_empty(struct brv_arena *arena, brv_str path)
{
    size_t count;
    brv_str *names = brv_directory_list(arena, path, &count);
    for (size_t i = 0; i < count; i++) {
        brv_str child = brv_path_join(arena, path, names[i]);
        char *name = brv_arena_cstr(arena, child);
        (void)chmod(name, 0700);
        if (unlink(name) < 0) {
            folder_empty(arena, child);
            (void)rmdir(name);
        }
    }
}

static int folder_setup(void **state)
{
    struct brv_arena *arena = brv_arena_new();
    struct folder *folder = BRV_NEW(arena, struct folder);
    folder->fixture = (struct fixture){ arena, brv_sink_init(arena) };
    folder->path = BRV_S(BRV_SCRATCH_DIR);
    (void)mkdir(BRV_SCRATCH_DIR, 0777);
    folder_empty(arena, folder->path);
    *state = folder;
    return 0;
}

static int folder_teardown(void **state)
{
    struct folder *folder = *state;
    folder_empty(folder->fixture.arena, folder->path);
    brv_arena_free(folder->fixture.arena);
    return 0;
}

#define FOLDER_TEST(function)                                                                      \
    cmocka_unit_test_setup_teardown(function, folder_setup, folder_teardown)

static brv_str path_in(struct folder *t, const char *name)
{
    return brv_path_join(t->fixture.arena, t->path, brv_str_from_cstr(name));
}

static brv_str content_of(struct folder *t, const char *name)
{
    brv_str content;
    assert_int_equal(brv_file_read(t->fixture.arena,
                                   path_in(t, name),
                                   1 << 20,
                                   BRV_CODE_INPUT,
                                   &content,
                                   &t->fixture.sink),
                     BRV_OK);
    return content;
}

static size_t count_in(struct folder *t)
{
    size_t count;
    (void)brv_directory_list(t->fixture.arena, t->path, &count);
    return count;
}

// The last message without the scratch folder in it.
static void assert_fails(struct folder *t, enum brv_status status, const char *path,
                         const char *before, const char *after)
{
    assert_int_equal(status, BRV_FAILED);
    brv_str want = brv_arena_printf(t->fixture.arena, "%s\"%s\"%s", before, path, after);
    assert_non_null(t->fixture.sink.last);
    assert_int_equal(t->fixture.sink.last->severity, BRV_ERROR);
    assert_str(t->fixture.sink.last->message, want.ptr);
}

static mode_t mode_of(struct folder *t, const char *name)
{
    struct stat info;
    assert_int_equal(stat(path_in(t, name).ptr, &info), 0);
    return info.st_mode & 0777;
}

static void test_write_and_read(void **state)
{
    struct folder *t = *state;
    static const size_t sizes[] = { 0, 1, 65535, 65536, 300000 };
    for (size_t i = 0; i < BRV_COUNT(sizes); i++) {
        char *bytes = brv_arena_alloc(t->fixture.arena, sizes[i]);
        for (size_t j = 0; j < sizes[i]; j++)
            bytes[j] = (char)(j * 31);
        brv_str content = { bytes, sizes[i] };
        assert_int_equal(brv_file_write(path_in(t, "a"), content, &t->fixture.sink), BRV_OK);
        assert_true(brv_str_equal(content_of(t, "a"), content));
    }
    assert_int_equal(count_in(t), 1);
    assert_null(t->fixture.sink.first);
}

static void test_write__keeps_the_mode(void **state)
{
    struct folder *t = *state;
    mode_t mask = umask(027);
    assert_int_equal(brv_file_write(path_in(t, "new"), BRV_S("x"), &t->fixture.sink), BRV_OK);
    assert_int_equal(mode_of(t, "new"), 0640);
    assert_int_equal(chmod(path_in(t, "new").ptr, 0664), 0);
    assert_int_equal(brv_file_write(path_in(t, "new"), BRV_S("y"), &t->fixture.sink), BRV_OK);
    (void)umask(mask);
    assert_int_equal(mode_of(t, "new"), 0664);
    assert_str(content_of(t, "new"), "y");
}

static void test_write__through_links(void **state)
{
    struct folder *t = *state;
    assert_int_equal(mkdir(path_in(t, "d").ptr, 0777), 0);
    assert_int_equal(symlink("d/target", path_in(t, "link").ptr), 0);
    assert_int_equal(symlink("link", path_in(t, "second").ptr), 0);
    assert_int_equal(brv_file_write(path_in(t, "second"), BRV_S("one"), &t->fixture.sink), BRV_OK);
    assert_str(content_of(t, "d/target"), "one");
    assert_int_equal(brv_file_write(path_in(t, "link"), BRV_S("two"), &t->fixture.sink), BRV_OK);
    assert_str(content_of(t, "d/target"), "two");
    struct stat info;
    assert_int_equal(lstat(path_in(t, "link").ptr, &info), 0);
    assert_true(S_ISLNK(info.st_mode));

    assert_int_equal(symlink("round", path_in(t, "round").ptr), 0);
    brv_str path = path_in(t, "round");
    assert_fails(t,
                 brv_file_write(path, BRV_S("x"), &t->fixture.sink),
                 path.ptr,
                 "cannot write ",
                 ": symbolic links lead nowhere or are not followed here");
}

static void test_write__special_files(void **state)
{
    struct folder *t = *state;
    assert_int_equal(brv_file_write(BRV_S("/dev/null"), BRV_S("x"), &t->fixture.sink), BRV_OK);
    assert_fails(t,
                 brv_file_write(BRV_S("/dev/full"), BRV_S("x"), &t->fixture.sink),
                 "/dev/full",
                 "cannot write ",
                 ": no space left on the device");
    assert_int_equal(t->fixture.sink.last->code, BRV_CODE_OUTPUT);

    char *fifo = brv_arena_cstr(t->fixture.arena, path_in(t, "fifo"));
    assert_int_equal(mkfifo(fifo, 0600), 0);
    int reader = open(fifo, O_RDONLY | O_NONBLOCK);
    assert_int_equal(brv_file_write(path_in(t, "fifo"), BRV_S("through"), &t->fixture.sink),
                     BRV_OK);
    char bytes[16];
    assert_int_equal(read(reader, bytes, sizeof bytes), 7);
    close(reader);
    struct stat info;
    assert_int_equal(lstat(fifo, &info), 0);
    assert_true(S_ISFIFO(info.st_mode));
}

static void test_write__failures_leave_nothing(void **state)
{
    struct folder *t = *state;
    struct brv_sink *sink = &t->fixture.sink;
    brv_str path = path_in(t, "no/such");
    assert_fails(t,
                 brv_file_write(path, BRV_S("x"), sink),
                 path.ptr,
                 "cannot write ",
                 ": no such file or folder");
    assert_fails(t,
                 brv_file_write(t->path, BRV_S("x"), sink),
                 t->path.ptr,
                 "cannot write ",
                 ": it is a folder");
    assert_fails(t,
                 brv_file_write(BRV_S(""), BRV_S("x"), sink),
                 "",
                 "cannot write ",
                 ": no such file or folder");
    assert_fails(t,
                 brv_file_write(BRV_S("a\0b"), BRV_S("x"), sink),
                 "a",
                 "cannot write ",
                 ": not a valid name");
    assert_int_equal(brv_file_write(path_in(t, "file"), BRV_S("old"), sink), BRV_OK);
    path = path_in(t, "file/child");
    assert_fails(t,
                 brv_file_write(path, BRV_S("x"), sink),
                 path.ptr,
                 "cannot write ",
                 ": a part of the path is not a folder");
    assert_int_equal(count_in(t), 1);
}

// In a child that gives up the rights of root, which may write anywhere.
static void test_write__read_only(void **state)
{
    struct folder *t = *state;
    assert_int_equal(brv_file_write(path_in(t, "file"), BRV_S("old"), &t->fixture.sink), BRV_OK);
    assert_int_equal(chmod(path_in(t, "file").ptr, 0444), 0);
    assert_int_equal(mkdir(path_in(t, "closed").ptr, 0555), 0);
    pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && setuid(65534) < 0)
            _exit(9);
        if (brv_file_write(path_in(t, "file"), BRV_S("new"), &t->fixture.sink) != BRV_FAILED)
            _exit(1);
        if (brv_file_write(path_in(t, "closed/new"), BRV_S("x"), &t->fixture.sink) != BRV_FAILED)
            _exit(2);
        brv_str message = t->fixture.sink.last->message;
        _exit(brv_str_ends_with(message, BRV_S(": permission denied")) ? 0 : 3);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_str(content_of(t, "file"), "old");
    assert_int_equal(count_in(t), 2);
}

static void test_write__full_disk_keeps_the_old_file(void **state)
{
    struct folder *t = *state;
    assert_int_equal(brv_file_write(path_in(t, "file"), BRV_S("old"), &t->fixture.sink), BRV_OK);
    pid_t child = fork();
    if (child == 0) {
        // A file size limit is what a full disk looks like, without a disk.
        (void)signal(SIGXFSZ, SIG_IGN);
        struct rlimit limit = { 4096, 4096 };
        (void)setrlimit(RLIMIT_FSIZE, &limit);
        brv_str big = { brv_arena_alloc(t->fixture.arena, 100000), 100000 };
        _exit(brv_file_write(path_in(t, "file"), big, &t->fixture.sink) == BRV_FAILED ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_str(content_of(t, "file"), "old");
    assert_int_equal(count_in(t), 1);
}

static void test_write__long_name(void **state)
{
    struct folder *t = *state;
    char name[256];
    memset(name, 'n', 255);
    name[255] = 0;
    assert_int_equal(brv_file_write(path_in(t, name), BRV_S("x"), &t->fixture.sink), BRV_OK);
    assert_str(content_of(t, name), "x");
    assert_int_equal(count_in(t), 1);
}

static void test_read__failures(void **state)
{
    struct folder *t = *state;
    struct brv_sink *sink = &t->fixture.sink;
    struct brv_arena *arena = t->fixture.arena;
    brv_str content;
    brv_str path = path_in(t, "none");
    assert_fails(t,
                 brv_file_read(arena, path, 10, BRV_CODE_STYLE, &content, sink),
                 path.ptr,
                 "cannot read ",
                 ": no such file or folder");
    assert_int_equal(sink->last->code, BRV_CODE_STYLE);
    assert_fails(t,
                 brv_file_read(arena, t->path, 10, BRV_CODE_INPUT, &content, sink),
                 t->path.ptr,
                 "cannot read ",
                 ": it is a folder");
    path = path_in(t, "long");
    assert_int_equal(brv_file_write(path, BRV_S("12345678901"), sink), BRV_OK);
    assert_fails(t,
                 brv_file_read(arena, path, 10, BRV_CODE_INPUT, &content, sink),
                 path.ptr,
                 "",
                 " is longer than 10 bytes");
    assert_int_equal(sink->last->code, BRV_CODE_LIMIT);
    assert_int_equal(brv_file_read(arena, path, 11, BRV_CODE_INPUT, &content, sink), BRV_OK);
    // What has no size beforehand is bounded as well.
    assert_fails(t,
                 brv_file_read(arena, BRV_S("/dev/zero"), 100000, BRV_CODE_INPUT, &content, sink),
                 "/dev/zero",
                 "",
                 " is longer than 100000 bytes");
    assert_int_equal(brv_file_read(arena, BRV_S("/dev/null"), 10, BRV_CODE_INPUT, &content, sink),
                     BRV_OK);
    assert_int_equal(content.len, 0);
}

static void test_map(void **state)
{
    struct folder *t = *state;
    struct brv_arena *arena = t->fixture.arena;
    brv_str path = path_in(t, "mapped");
    brv_str content;
    assert_int_equal(brv_file_write(path, BRV_S("0123456789"), &t->fixture.sink), BRV_OK);
    assert_true(brv_file_map(arena, path, &content));
    assert_true(brv_str_is(content, "0123456789"));
    // What stands there later is another file: writing puts a new one in its place.
    assert_int_equal(brv_file_write(path, BRV_S(""), &t->fixture.sink), BRV_OK);
    assert_true(brv_str_is(content, "0123456789"));
    assert_false(brv_file_map(arena, path, &content));
    assert_false(brv_file_map(arena, path_in(t, "none"), &content));
    assert_false(brv_file_map(arena, t->path, &content));
    assert_false(brv_file_map(arena, BRV_S("/dev/zero"), &content));
    assert_int_equal(content.len, 0);
}

static void test_read_beneath(void **state)
{
    struct folder *t = *state;
    struct brv_sink *sink = &t->fixture.sink;
    assert_int_equal(mkdir(path_in(t, "root").ptr, 0777), 0);
    assert_int_equal(mkdir(path_in(t, "root/in").ptr, 0777), 0);
    assert_int_equal(brv_file_write(path_in(t, "root/in/a.png"), BRV_S("image"), sink), BRV_OK);
    assert_int_equal(brv_file_write(path_in(t, "secret"), BRV_S("secret"), sink), BRV_OK);
    assert_int_equal(symlink("../secret", path_in(t, "root/link").ptr), 0);
    assert_int_equal(symlink("in", path_in(t, "root/way").ptr), 0);
    assert_int_equal(mkfifo(path_in(t, "root/fifo").ptr, 0600), 0);
    static const struct {
        const char *path, *after;
    } cases[] = {
        { "in/a.png", NULL },         { "../secret", "" },        { "/etc/passwd", "" },
        { "link", "symbolic links" }, { "way/a.png", "" },        { "in", "it is a folder" },
        { "fifo", "no such device" }, { "none", "no such file" },
    };
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        brv_str content;
        enum brv_status status = brv_file_read_beneath(t->fixture.arena,
                                                       path_in(t, "root"),
                                                       brv_str_from_cstr(cases[i].path),
                                                       100,
                                                       brv_span_none(),
                                                       &content,
                                                       sink);
        if (cases[i].after) {
            assert_int_equal(status, BRV_FAILED);
            brv_str message = sink->last->message;
            assert_true(brv_str_find(message, 0, brv_str_from_cstr(cases[i].after)) < message.len ||
                        cases[i].after[0] == 0);
        } else {
            assert_int_equal(status, BRV_OK);
            assert_str(content, "image");
        }
        // Both ways of opening agree on what may be opened.
        if (!brv_path_is_safe(brv_str_from_cstr(cases[i].path)))
            continue;
        int root = open(path_in(t, "root").ptr, O_PATH | O_DIRECTORY);
        for (int by_component = 0; by_component < 2; by_component++) {
            int opened = brv_open_beneath(root, brv_str_from_cstr(cases[i].path), by_component);
            bool is_there = i == 0 || i == 5 || i == 6;
            assert_int_equal(opened >= 0, is_there);
            if (opened >= 0)
                close(opened);
        }
        close(root);
    }
}

// "-" reads one end of a pipe and writes the other.
static void test_standard_streams(void **state)
{
    struct folder *t = *state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        (void)dup2(ends[1], STDOUT_FILENO);
        _exit(brv_file_write(BRV_S("-"), BRV_S("through"), &t->fixture.sink) == BRV_OK ? 0 : 1);
    }
    close(ends[1]);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    child = fork();
    if (child == 0) {
        (void)dup2(ends[0], STDIN_FILENO);
        brv_str content;
        enum brv_status read_status = brv_file_read(
            t->fixture.arena, BRV_S("-"), 100, BRV_CODE_INPUT, &content, &t->fixture.sink);
        _exit(read_status == BRV_OK && brv_str_is(content, "through") ? 0 : 1);
    }
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void test_directory(void **state)
{
    struct folder *t = *state;
    static const char *const names[] = { "b", "a.md", "B", ".x" };
    for (size_t i = 0; i < BRV_COUNT(names); i++)
        assert_int_equal(brv_file_write(path_in(t, names[i]), BRV_S(""), &t->fixture.sink), BRV_OK);
    size_t count;
    brv_str *listed = brv_directory_list(t->fixture.arena, t->path, &count);
    assert_int_equal(count, 4);
    assert_str(listed[0], ".x");
    assert_str(listed[1], "B");
    assert_str(listed[2], "a.md");
    assert_str(listed[3], "b");
    (void)brv_directory_list(t->fixture.arena, path_in(t, "none"), &count);
    assert_int_equal(count, 0);
    assert_true(brv_file_exists(path_in(t, "b")));
    assert_false(brv_file_exists(path_in(t, "none")));
    assert_true(brv_is_directory(t->path));
    assert_false(brv_is_directory(path_in(t, "b")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(test_write_and_read),
        FOLDER_TEST(test_write__keeps_the_mode),
        FOLDER_TEST(test_write__through_links),
        FOLDER_TEST(test_write__special_files),
        FOLDER_TEST(test_write__failures_leave_nothing),
        FOLDER_TEST(test_write__read_only),
        FOLDER_TEST(test_write__full_disk_keeps_the_old_file),
        FOLDER_TEST(test_write__long_name),
        FOLDER_TEST(test_read__failures),
        FOLDER_TEST(test_map),
        FOLDER_TEST(test_read_beneath),
        FOLDER_TEST(test_standard_streams),
        FOLDER_TEST(test_directory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
