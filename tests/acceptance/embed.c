// Brevier — a program of somebody else: renders a file to text through the installed library.
// SPDX-License-Identifier: MIT
#include <brevier.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    FILE *file = fopen(argv[1], "rb");
    if (!file)
        return 2;
    static char text[1 << 20];
    size_t length = fread(text, 1, sizeof text, file);
    fclose(file);

    struct brv_engine *engine = brv_engine_new(NULL);
    fputs(brv_engine_messages(engine), stderr);
    struct brv_request request = {
        .name = argv[1],
        .bytes = text,
        .length = length,
        .format = "text",
    };
    struct brv_result *result = brv_engine_render(engine, &request);
    enum brv_outcome outcome = brv_result_outcome(result);
    fwrite(brv_result_bytes(result), 1, brv_result_length(result), stdout);
    fputs(brv_result_messages(result), stderr);
    brv_result_free(result);
    brv_engine_free(engine);
    return (int)outcome;
}
