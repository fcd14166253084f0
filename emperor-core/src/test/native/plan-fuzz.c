/* libFuzzer target: any bytes as a plan; a plan that is accepted is also run, against calls that do nothing. */
#include <stdlib.h>
#include <string.h>

#include "../../main/native/plan.h"
#include "../../main/native/platform.h"

int64_t platform_call(int64_t call, const uint64_t values[6]) {
    (void)values;
    return call % 3 - 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static const int descriptors[PLAN_RECEIVED_ALWAYS] = {0};
    struct plan plan;
    uint8_t *copy = aligned_alloc(8, (length + 15) & ~(size_t)7);
    memcpy(copy, bytes, length);
    if (length >= sizeof(struct plan_header)) { /* the fuzzer need not guess these */
        struct plan_header *header = (struct plan_header *)(void *)copy;
        header->magic = PLAN_MAGIC;
        header->version = PLAN_VERSION;
        header->length = (uint32_t)length;
        header->received = PLAN_RECEIVED_ALWAYS;
    }
    if (plan_open(&plan, copy, length, descriptors, PLAN_RECEIVED_ALWAYS) == PLAN_GOOD) {
        uint32_t turn = plan_next_turn(&plan, 0);
        plan_run(&plan, 0, turn);
        plan_run(&plan, turn + (plan.steps[turn].kind == STEP_FORK_STAY), plan.header->steps);
    }
    free(copy);
    return 0;
}
