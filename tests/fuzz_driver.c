// Brevier — feeds files to a fuzz target where libFuzzer is not linked, so that every build runs
// the corpus as a test. Arguments are files or folders of files.
// SPDX-License-Identifier: MIT
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run_count;

static void run_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(1);
    }
    size_t len = 0;
    size_t capacity = 4096;
    uint8_t *bytes = malloc(capacity);
    while (bytes && (len += fread(bytes + len, 1, capacity - len, file)) == capacity)
        bytes = realloc(bytes, capacity *= 2);
    fclose(file);
    // A copy of the exact size lets AddressSanitizer see the first byte read beyond it.
    uint8_t *exact = bytes ? malloc(len ? len : 1) : NULL;
    if (!exact)
        abort();
    for (size_t i = 0; i < len; i++)
        exact[i] = bytes[i];
    free(bytes);
    (void)LLVMFuzzerTestOneInput(exact, len);
    free(exact);
    run_count++;
}

static void run_folder(const char *path)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        char child[4096];
        struct stat info;
        snprintf(child, sizeof child, "%s/%s", path, entries[i]->d_name);
        if (stat(child, &info) == 0 && S_ISREG(info.st_mode))
            run_file(child);
        free(entries[i]);
    }
    free(entries);
}

int main(int argc, char **argv)
{
    static const uint8_t nothing[1];
    (void)LLVMFuzzerTestOneInput(nothing, 0);
    for (int i = 1; i < argc; i++) {
        struct stat info;
        if (stat(argv[i], &info) == 0 && S_ISDIR(info.st_mode))
            run_folder(argv[i]);
        else
            run_file(argv[i]);
    }
    printf("%d inputs\n", run_count);
    return argc > 1 && run_count == 0;
}
