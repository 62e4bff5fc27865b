// Brevier — the program.
// SPDX-License-Identifier: MIT
#include "app/cli.h"

int main(int argc, char **argv)
{
    return brv_cli_main(argc, argv);
}
