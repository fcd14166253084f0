/* Tests of plan.c with a platform that records calls instead of making them; built with ASan and UBSan. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../main/native/plan.h"
#include "../../main/native/platform.h"

static int64_t calls[64];
static uint64_t seen[64][6];
static int call_count;
static int64_t answers[64];
static int checks, failures;

int64_t platform_call(int64_t call, const uint64_t values[6]) {
    calls[call_count] = call;
    memcpy(seen[call_count], values, sizeof seen[0]);
    return answers[call_count++];
}

#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        checks++;                                                                                                      \
        if (!(condition)) {                                                                                            \
            failures++;                                                                                                \
            printf("%s:%d: %s: not so: %s\n", __FILE__, __LINE__, __func__, #condition);                               \
        }                                                                                                              \
    } while (0)

enum { STEPS = 4, DATA = 64 };

/* A good plan: a call with data and descriptor, FORK_STAY, a call with a result, an exec. */
struct sample {
    struct plan_header header;
    struct plan_step steps[STEPS];
    uint32_t relocations[2];
    uint8_t data[DATA];
};

static const int descriptors[PLAN_RECEIVED_ALWAYS] = {10, 11, 12, 13, 14};

static struct sample *sample(void) {
    struct sample *s = aligned_alloc(8, sizeof *s);
    memset(s, 0, sizeof *s);
    s->header = (struct plan_header){
        .magic = PLAN_MAGIC,
        .version = PLAN_VERSION,
        .length = sizeof *s,
        .steps_at = offsetof(struct sample, steps),
        .steps = STEPS,
        .relocations_at = offsetof(struct sample, relocations),
        .relocations = 2,
        .data_at = offsetof(struct sample, data),
        .data_length = DATA,
        .received = PLAN_RECEIVED_ALWAYS,
    };
    s->steps[0] = (struct plan_step){.kind = STEP_CALL, .arguments = 3, .call = 100};
    s->steps[0].argument_kind[0] = ARGUMENT_DATA;
    s->steps[0].argument[0] = 16;
    s->steps[0].argument_kind[1] = ARGUMENT_RECEIVED;
    s->steps[0].argument[1] = RECEIVED_RECORD;
    s->steps[0].argument[2] = 7;
    s->steps[1] = (struct plan_step){.kind = STEP_FORK_STAY};
    s->steps[2] = (struct plan_step){.kind = STEP_CALL, .arguments = 1, .call = 101};
    s->steps[2].argument_kind[0] = ARGUMENT_RESULT;
    s->steps[3] = (struct plan_step){.kind = STEP_CALL, .flags = STEP_EXEC, .call = 102};
    s->relocations[0] = 0;
    s->relocations[1] = 8;
    uint64_t words[2] = {24, 32};
    memcpy(s->data, words, sizeof words);
    call_count = 0;
    memset(answers, 0, sizeof answers);
    return s;
}

static enum plan_refusal opened(struct plan *plan, struct sample *s) {
    return plan_open(plan, s, sizeof *s, descriptors, PLAN_RECEIVED_ALWAYS);
}

static void good_plan_runs_in_order_with_resolved_arguments(void) {
    struct plan plan;
    struct sample *s = sample();
    answers[0] = 42;
    CHECK(opened(&plan, s) == PLAN_GOOD);
    CHECK(plan_next_turn(&plan, 0) == 1);
    CHECK(plan_run(&plan, 0, 1) == 0);
    CHECK(calls[0] == 100);
    CHECK(seen[0][0] == (uint64_t)(uintptr_t)(s->data + 16));
    CHECK(seen[0][1] == 13);
    CHECK(seen[0][2] == 7);
    CHECK(plan_next_turn(&plan, 2) == 3);
    CHECK(plan_run(&plan, 2, 3) == 0);
    CHECK(seen[1][0] == 42);
    uint64_t word;
    memcpy(&word, s->data, sizeof word);
    CHECK(word == (uint64_t)(uintptr_t)(s->data + 24));
    free(s);
}

static void failing_step_stops_the_run_and_is_named(void) {
    struct plan plan;
    struct sample *s = sample();
    answers[0] = -13;
    CHECK(opened(&plan, s) == PLAN_GOOD);
    CHECK(plan_run(&plan, 0, 1) == -1);
    CHECK(plan.failed == 1 && plan.current == 0);
    CHECK(plan.steps[0].result == -13);
    free(s);
}

static void tolerated_errno_is_passed_over_and_others_are_not(void) {
    struct plan plan;
    struct sample *s = sample();
    s->steps[0].flags = STEP_MAY_FAIL;
    s->steps[0].tolerated[0] = 2;
    answers[0] = -2;
    CHECK(opened(&plan, s) == PLAN_GOOD);
    CHECK(plan_run(&plan, 0, 1) == 0);
    call_count = 0;
    answers[0] = -13;
    CHECK(plan_run(&plan, 0, 1) == -1);
    s->steps[0].tolerated[0] = 0;
    call_count = 0;
    CHECK(plan_run(&plan, 0, 1) == 0);
    free(s);
}

static void refused(const char *what, struct sample *s, enum plan_refusal expected) {
    struct plan plan;
    enum plan_refusal refusal = opened(&plan, s);
    checks++;
    if (refusal != expected) {
        failures++;
        printf("%s: refusal %d instead of %d\n", what, (int)refusal, (int)expected);
    }
    CHECK(call_count == 0);
    free(s);
}

#define REFUSED(change, expected)                                                                                      \
    do {                                                                                                               \
        struct sample *s = sample();                                                                                   \
        change;                                                                                                        \
        refused(#change, s, expected);                                                                                 \
    } while (0)

static void bad_plans_are_refused_before_the_first_step(void) {
    REFUSED(s->header.magic++, PLAN_BAD_HEADER);
    REFUSED(s->header.version++, PLAN_BAD_HEADER);
    REFUSED(s->header.steps = 0, PLAN_BAD_HEADER);
    REFUSED(s->header.flags = 0x80, PLAN_BAD_HEADER);
    REFUSED(s->header.length--, PLAN_TRUNCATED);
    REFUSED(s->header.received++, PLAN_BAD_DESCRIPTORS);
    REFUSED(s->header.steps = UINT32_MAX, PLAN_BAD_LAYOUT);
    REFUSED(s->header.steps_at = 4, PLAN_BAD_LAYOUT);
    REFUSED(s->header.steps_at = UINT32_MAX - 7, PLAN_BAD_LAYOUT);
    REFUSED(s->header.relocations = UINT32_MAX, PLAN_BAD_LAYOUT);
    REFUSED(s->header.data_length = DATA + 1, PLAN_BAD_LAYOUT);
    REFUSED(s->header.data_at = s->header.steps_at, PLAN_BAD_LAYOUT);
    REFUSED(s->header.relocations_at = s->header.steps_at, PLAN_BAD_LAYOUT);
    REFUSED(s->steps[0].kind = 3, PLAN_BAD_STEP);
    REFUSED(s->steps[0].flags = 4, PLAN_BAD_STEP);
    REFUSED(s->steps[0].arguments = 7, PLAN_BAD_STEP);
    REFUSED(s->steps[1].arguments = 1, PLAN_BAD_STEP);
    REFUSED(s->steps[2].kind = STEP_FORK_STAY; s->steps[2].arguments = 0, PLAN_BAD_STEP);
    REFUSED(s->steps[3].flags = 0, PLAN_BAD_STEP);
    REFUSED(s->steps[3].flags = STEP_EXEC | STEP_MAY_FAIL, PLAN_BAD_STEP);
    REFUSED(s->steps[0].flags = STEP_EXEC, PLAN_BAD_STEP);
    REFUSED(s->steps[0].argument_kind[0] = 4, PLAN_BAD_ARGUMENT);
    REFUSED(s->steps[0].argument[0] = DATA, PLAN_BAD_ARGUMENT);
    REFUSED(s->steps[0].argument[1] = PLAN_RECEIVED_ALWAYS, PLAN_BAD_ARGUMENT);
    REFUSED(s->steps[2].argument[0] = 1, PLAN_BAD_ARGUMENT);
    REFUSED(s->steps[2].argument[0] = 2, PLAN_BAD_ARGUMENT);
    REFUSED(s->relocations[1] = 4, PLAN_BAD_RELOCATION);
    REFUSED(s->relocations[1] = DATA, PLAN_BAD_RELOCATION);
    REFUSED(s->relocations[1] = 0, PLAN_BAD_RELOCATION);
    REFUSED(s->data[0] = DATA, PLAN_BAD_RELOCATION);
}

static void shorter_messages_are_refused_at_every_length(void) {
    struct sample *whole = sample();
    for (uint64_t length = 0; length < sizeof *whole; length++) {
        struct plan plan;
        void *cut = malloc(length == 0 ? 1 : length);
        memcpy(cut, whole, length);
        CHECK(plan_open(&plan, cut, length, descriptors, PLAN_RECEIVED_ALWAYS) == PLAN_TRUNCATED);
        free(cut);
    }
    free(whole);
}

int main(void) {
    good_plan_runs_in_order_with_resolved_arguments();
    failing_step_stops_the_run_and_is_named();
    tolerated_errno_is_passed_over_and_others_are_not();
    bad_plans_are_refused_before_the_first_step();
    shorter_messages_are_refused_at_every_length();
    printf("plan-test: %d passed, %d failed\n", checks - failures, failures);
    return failures != 0;
}
