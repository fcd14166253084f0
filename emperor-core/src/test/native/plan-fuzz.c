/* libFuzzer target: any bytes as a plan; a plan that is accepted is also run, against calls that do nothing. */
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "../../main/native/plan.h"
#include "../../main/native/platform.h"

int64_t platform_call(int64_t call, const uint64_t values[6]) {
    (void)values;
    return call % 3 - 1;
}

/* No time passes but in pauses; a child runs at once, and its exit comes back here. */
static int64_t time_passed;
static jmp_buf child;
static int in_child;

int64_t platform_now(void) {
    return time_passed;
}

int platform_pause(int64_t time, int life) {
    time_passed += time + 1000000;
    return life < 0 && time % 7 == 6;
}

int platform_spawn(void (*body)(struct plan *), struct plan *plan) {
    if (in_child) {
        abort(); /* blocks do not nest */
    }
    in_child = 1;
    if (setjmp(child) == 0) {
        body(plan);
    }
    in_child = 0;
    return 5;
}

int platform_finish(int pid, int64_t until, int life) {
    (void)pid;
    (void)life;
    return until % 3 == 0 ? -1 : (int)(until % 2);
}

void platform_exit(int code) {
    (void)code;
    longjmp(child, 1);
}

int platform_stand_by(void) {
    return time_passed % 2 == 0 ? 77 : -11;
}

int platform_await_end(void) {
    return 1;
}

void platform_write(int descriptor, const void *text, uint64_t length) {
    if (descriptor != 2 || length > PLAN_LONGEST_TEXT + 64 || memchr(text, '\n', length) == NULL) {
        abort();
    }
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
        uint32_t from = 0;
        while (from < plan.program_end) {
            uint32_t turn = plan_next_turn(&plan, from);
            plan_run(&plan, from, turn);
            if ((plan.steps[turn].flags & STEP_EXEC) != 0) {
                plan_run(&plan, turn, plan.program_end);
                plan_run(&plan, plan.program_end, plan.header->steps);
                break;
            }
            from = turn + 1;
        }
    }
    free(copy);
    return 0;
}
