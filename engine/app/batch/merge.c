// Brevier — `brevier batch merge FOLDER`: the shards' ledgers become one.
// SPDX-License-Identifier: MIT
#include "app/batch/batch.h"
#include "app/batch/shards.h"
#include "base/file.h"

#include <stdio.h>

enum brv_exit brv_batch_merge(struct brv_cli *cli)
{
    if (cli->operands.count != 2 || cli->out.len > 0)
        return brv_cli_fault(cli, "merge what? name the folder that the shards wrote to");
    brv_str folder = cli->operands.items[1];
    size_t count = 0;
    brv_str *names = brv_directory_list(cli->arena, folder, &count);
    brv_str *shards = BRV_NEW_ARRAY(cli->arena, brv_str, count);
    size_t found = 0;
    size_t division = 0;
    for (size_t i = 0; i < count; i++) {
        struct brv_shard_name shard;
        if (!brv_shard_name_parse(names[i], &shard))
            continue;
        if (division > 0 && shard.count != division) {
            brv_report(cli->sink,
                       BRV_ERROR,
                       BRV_CODE_INPUT,
                       brv_span_none(),
                       "\"%" BRV_STR_F
                       "\" holds ledgers of shards of %zu and of %zu, expected those "
                       "of one division",
                       BRV_STR_ARG(folder),
                       division < shard.count ? division : shard.count,
                       division < shard.count ? shard.count : division);
            return BRV_EXIT_FAILED;
        }
        division = shard.count;
        shards[found++] = brv_path_join(cli->arena, folder, names[i]);
    }
    if (found == 0) {
        brv_report(cli->sink,
                   BRV_ERROR,
                   BRV_CODE_INPUT,
                   brv_span_none(),
                   "\"%" BRV_STR_F "\" holds no ledger of a shard (ledger-1-of-4.sqlite)",
                   BRV_STR_ARG(folder));
        return BRV_EXIT_FAILED;
    }
    struct brv_ledger *ledger =
        brv_ledger_open(cli->arena,
                        brv_path_join(cli->arena, folder, BRV_S("ledger.sqlite")),
                        BRV_LEDGER_WRITE,
                        cli->sink);
    // All the shards together know of all there is; some of them only add to what is known.
    if (!ledger || (found == division && brv_ledger_clear(ledger, cli->sink)))
        return BRV_EXIT_FAILED;
    for (size_t i = 0; i < found; i++)
        if (brv_ledger_merge(ledger, shards[i], cli->sink))
            return BRV_EXIT_FAILED;
    printf("%zu ledgers merged into %" BRV_STR_F "/ledger.sqlite\n", found, BRV_STR_ARG(folder));
    return BRV_EXIT_DONE;
}
