/* Tests of plan.c with a platform that records calls instead of making them; built with ASan and UBSan. */
#include <setjmp.h>
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

enum { FIRST = 100, SECOND, EXECUTE, LIFE = 14 };

static jmp_buf child;
static int in_child;
static int64_t now;
static int64_t paused;
static int hung_up;
static int spawned;
static int finished;
static int64_t finish_by;
static int stood_by;
static int ended;
static char told[2048];

int64_t platform_call(int64_t call, const uint64_t values[6]) {
    calls[call_count] = call;
    memcpy(seen[call_count], values, sizeof seen[0]);
    int64_t answer = answers[call_count++];
    if (in_child && call == EXECUTE && answer == 0) {
        longjmp(child, 1); /* it executes: nothing of the plan runs after that */
    }
    return answer;
}

int64_t platform_now(void) {
    return now;
}

int platform_pause(int64_t time, int life) {
    now += time;
    paused += time;
    return life == LIFE && hung_up;
}

int platform_spawn(void (*body)(struct plan *), struct plan *plan) {
    if (spawned < 0) {
        return spawned;
    }
    in_child = 1;
    if (setjmp(child) == 0) {
        body(plan);
    }
    in_child = 0;
    return 5;
}

int platform_finish(int pid, int64_t until, int life) {
    (void)life;
    finish_by = until;
    return pid == 5 ? finished : -1;
}

void platform_exit(int code) {
    finished = code << 8;
    longjmp(child, 1);
}

int platform_stand_by(void) {
    return stood_by;
}

int platform_await_end(void) {
    return ended;
}

void platform_write(int descriptor, const void *bytes, uint64_t length) {
    if (descriptor == 2) {
        memcpy(told, bytes, length);
        told[length] = 0;
    }
}

#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        checks++;                                                                                                      \
        if (!(condition)) {                                                                                            \
            failures++;                                                                                                \
            printf("%s:%d: %s: not so: %s\n", __FILE__, __LINE__, __func__, #condition);                               \
        }                                                                                                              \
    } while (0)

enum { STEPS = 4, ROOM = 9, DATA = 64 };

/* A good plan: a call with data and descriptor, FORK_STAY, a call with a result, an exec. */
struct sample {
    struct plan_header header;
    struct plan_step steps[ROOM];
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
    now = 1000;
    paused = 0;
    hung_up = 0;
    spawned = 0;
    finished = 0;
    stood_by = 77;
    ended = 1;
    told[0] = 0;
    return s;
}

/* In place of the first steps: a child that makes a call and executes within 500 ms, and what comes after. */
static struct sample *with_child(void) {
    struct sample *s = sample();
    s->steps[0] = (struct plan_step){.kind = STEP_CHILD, .arguments = 3, .argument = {2, 500, 110}};
    s->steps[1] = (struct plan_step){.kind = STEP_CALL, .call = FIRST};
    s->steps[2] = (struct plan_step){.kind = STEP_CALL, .flags = STEP_EXEC, .call = EXECUTE};
    return s;
}

/* A call and an expectation of word 4 until both succeed: every 10 ms for at most 100 ms. */
static struct sample *with_until(void) {
    struct sample *s = sample();
    s->steps[0] = (struct plan_step){.kind = STEP_UNTIL, .arguments = 5, .argument = {2, 10, 100, 5000, 110}};
    s->steps[1] = (struct plan_step){.kind = STEP_CALL, .call = FIRST};
    s->steps[2] = (struct plan_step){.kind = STEP_EXPECT, .arguments = 4, .argument = {32, 0xf0, 0x40, 20}};
    s->steps[2].argument_kind[0] = ARGUMENT_DATA;
    s->data[32] = 0x4f;
    return s;
}

/* A call that may fail, a second one if it has not, and one that takes the second one's result. */
static struct sample *with_if(void) {
    struct sample *s = sample();
    s->steps[0] = (struct plan_step){.kind = STEP_CALL, .flags = STEP_MAY_FAIL, .call = FIRST};
    s->steps[1] = (struct plan_step){.kind = STEP_IF, .arguments = 3, .argument = {1, 0, 9}};
    s->steps[1].argument_kind[1] = ARGUMENT_RESULT;
    s->steps[2] = (struct plan_step){.kind = STEP_CALL, .arguments = 1, .call = SECOND};
    s->steps[2].argument_kind[0] = ARGUMENT_RESULT;
    s->steps[3] = (struct plan_step){.kind = STEP_CALL, .flags = STEP_EXEC, .arguments = 1, .call = EXECUTE};
    s->steps[3].argument_kind[0] = ARGUMENT_RESULT;
    s->steps[3].argument[0] = 2;
    return s;
}

/* A program, and what stands by for its end: waits, makes a call, and tries two calls and a child. */
static struct sample *with_stand_by(void) {
    struct sample *s = sample();
    s->header.steps = ROOM;
    s->steps[0] = (struct plan_step){.kind = STEP_FORK_STAY};
    s->steps[1] = (struct plan_step){.kind = STEP_STAND_BY, .arguments = 3, .argument = {900, 32, 4}};
    s->steps[1].argument_kind[1] = ARGUMENT_DATA;
    s->steps[2] = (struct plan_step){.kind = STEP_CALL, .flags = STEP_EXEC, .call = EXECUTE};
    s->steps[3] = (struct plan_step){.kind = STEP_AWAIT_END};
    s->steps[4] = (struct plan_step){.kind = STEP_CALL, .call = FIRST};
    s->steps[5] = (struct plan_step){.kind = STEP_TRY, .arguments = 3, .argument = {3, 36, 5}};
    s->steps[5].argument_kind[1] = ARGUMENT_DATA;
    s->steps[6] = (struct plan_step){.kind = STEP_CALL, .call = SECOND};
    s->steps[7] = (struct plan_step){.kind = STEP_CHILD, .arguments = 3, .argument = {1, 500, 110}};
    s->steps[8] = (struct plan_step){.kind = STEP_CALL, .flags = STEP_EXEC, .call = EXECUTE};
    memcpy(s->data + 32, "lateletry", 9);
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

static void child_that_ends_with_zero_lets_the_plan_go_on(void) {
    struct plan plan;
    struct sample *s = with_child();
    CHECK(opened(&plan, s) == PLAN_GOOD);
    CHECK(plan_next_turn(&plan, 0) == 3);
    CHECK(plan_run(&plan, 0, 3) == 0);
    CHECK(call_count == 2 && calls[0] == FIRST && calls[1] == EXECUTE);
    CHECK(finish_by == 1500);
    free(s);
}

static void child_that_ends_otherwise_fails_its_step_and_says_how(void) {
    struct plan plan;
    struct sample *s = with_child();
    CHECK(opened(&plan, s) == PLAN_GOOD);
    finished = 3 << 8;
    CHECK(plan_run(&plan, 0, 3) == -1);
    CHECK(plan.failed == 1 && plan.current == 0 && plan.steps[0].result == 0 && plan.ended == 3 << 8);
    free(s);
}

static void child_that_has_to_be_killed_fails_its_step_with_the_given_errno(void) {
    struct plan plan;
    struct sample *s = with_child();
    s->steps[0].flags = STEP_MAY_FAIL;
    CHECK(opened(&plan, s) == PLAN_GOOD);
    finished = -1;
    CHECK(plan_run(&plan, 0, 3) == -1);
    CHECK(plan.failed == 1 && plan.current == 0 && plan.steps[0].result == -110);
    free(s);
}

static void step_that_fails_in_a_child_is_the_one_named(void) {
    struct plan plan;
    struct sample *s = with_child();
    CHECK(opened(&plan, s) == PLAN_GOOD);
    answers[1] = -2;
    CHECK(plan_run(&plan, 0, 3) == -1);
    CHECK(plan.failed == 1 && plan.current == 2 && plan.steps[2].result == -2 && plan.ended == 0);
    free(s);
}

static void child_that_may_fail_does_not_stop_the_plan(void) {
    struct plan plan;
    struct sample *s = with_child();
    s->steps[0].flags = STEP_MAY_FAIL;
    CHECK(opened(&plan, s) == PLAN_GOOD);
    finished = 9;
    CHECK(plan_run(&plan, 0, 3) == 0 && plan.failed == 0);
    call_count = 0;
    answers[1] = -2;
    CHECK(plan_run(&plan, 0, 3) == 0 && plan.failed == 0);
    free(s);
}

static void child_that_cannot_be_made_fails_its_step(void) {
    struct plan plan;
    struct sample *s = with_child();
    CHECK(opened(&plan, s) == PLAN_GOOD);
    spawned = -11;
    CHECK(plan_run(&plan, 0, 3) == -1);
    CHECK(plan.failed == 1 && plan.current == 0 && plan.steps[0].result == -11);
    free(s);
}

static void until_tries_all_its_steps_again_until_they_succeed(void) {
    struct plan plan;
    struct sample *s = with_until();
    CHECK(opened(&plan, s) == PLAN_GOOD);
    answers[0] = -2;
    answers[1] = -2;
    CHECK(plan_run(&plan, 0, 3) == 0);
    CHECK(call_count == 3 && paused == 20 && plan.failed == 0);
    free(s);
}

static void until_gives_up_after_its_time_with_the_given_errno(void) {
    struct plan plan;
    struct sample *s = with_until();
    s->data[32] = 0x5f;
    CHECK(opened(&plan, s) == PLAN_GOOD);
    CHECK(plan_run(&plan, 0, 3) == -1);
    CHECK(plan.failed == 1 && plan.current == 0 && plan.steps[0].result == -110);
    CHECK(plan.steps[2].result == -20);
    CHECK(paused == 100);
    free(s);
}

static void until_gives_up_when_the_time_of_the_plan_is_over(void) {
    struct plan plan;
    struct sample *s = with_until();
    s->data[32] = 0;
    s->steps[0].argument[3] = 50;
    CHECK(opened(&plan, s) == PLAN_GOOD);
    now += 20;
    CHECK(plan_run(&plan, 0, 3) == -1 && paused == 30);
    free(s);
}

static void until_gives_up_when_the_emperor_is_dead(void) {
    struct plan plan;
    struct sample *s = with_until();
    s->data[32] = 0;
    s->header.flags = PLAN_DIES_WITH_EMPEROR;
    hung_up = 1;
    CHECK(opened(&plan, s) == PLAN_GOOD);
    CHECK(plan_run(&plan, 0, 3) == -1 && paused == 10);
    free(s);
}

static void steps_of_if_run_when_the_earlier_one_has_succeeded(void) {
    struct plan plan;
    struct sample *s = with_if();
    CHECK(opened(&plan, s) == PLAN_GOOD);
    answers[0] = 7;
    answers[1] = 8;
    CHECK(plan_run(&plan, 0, 4) == 0);
    CHECK(call_count == 3 && seen[1][0] == 7 && seen[2][0] == 8);
    free(s);
}

static void steps_of_if_have_failed_when_the_earlier_one_has(void) {
    struct plan plan;
    struct sample *s = with_if();
    CHECK(opened(&plan, s) == PLAN_GOOD);
    answers[0] = -2;
    CHECK(plan_run(&plan, 0, 4) == 0);
    CHECK(call_count == 2 && calls[1] == EXECUTE && (int64_t)seen[1][0] == -9 && plan.failed == 0);
    free(s);
}

static void step_that_fails_in_an_if_is_the_one_named(void) {
    struct plan plan;
    struct sample *s = with_if();
    CHECK(opened(&plan, s) == PLAN_GOOD);
    answers[1] = -13;
    CHECK(plan_run(&plan, 0, 4) == -1);
    CHECK(plan.failed == 1 && plan.current == 2 && plan.steps[2].result == -13 && call_count == 2);
    free(s);
}

static void words_are_loaded_and_numbers_written_in_decimal(void) {
    struct plan plan;
    struct sample *s = sample();
    s->steps[0] = (struct plan_step){.kind = STEP_LOAD, .arguments = 3, .argument = {32, 07777, 01000}};
    s->steps[0].argument_kind[0] = ARGUMENT_DATA;
    s->steps[2] = (struct plan_step){.kind = STEP_DECIMAL, .arguments = 2, .argument = {40, 0}};
    s->steps[2].argument_kind[0] = ARGUMENT_DATA;
    s->steps[2].argument_kind[1] = ARGUMENT_RESULT;
    uint32_t mode = 0100755;
    memcpy(s->data + 32, &mode, sizeof mode);
    CHECK(opened(&plan, s) == PLAN_GOOD);
    CHECK(plan_run(&plan, 0, 1) == 0 && plan.steps[0].result == 01755);
    CHECK(plan_run(&plan, 2, 3) == 0 && plan.steps[2].result == 5);
    CHECK(memcmp(s->data + 40, "1005\n", 5) == 0);
    s->steps[2].argument_kind[1] = ARGUMENT_VALUE;
    s->steps[2].argument[1] = UINT64_MAX;
    CHECK(plan_run(&plan, 2, 3) == 0 && plan.steps[2].result == 21);
    CHECK(memcmp(s->data + 40, "18446744073709551615\n", 21) == 0);
    free(s);
}

static void refork_is_a_turn_of_its_own(void) {
    struct plan plan;
    struct sample *s = sample();
    s->steps[0] = (struct plan_step){.kind = STEP_REFORK};
    s->steps[2].argument_kind[0] = ARGUMENT_VALUE;
    CHECK(opened(&plan, s) == PLAN_GOOD);
    CHECK(plan_next_turn(&plan, 0) == 0);
    CHECK(plan_next_turn(&plan, 1) == 1);
    free(s);
}

static void who_stands_by_is_known_and_runs_nothing_of_the_program(void) {
    struct plan plan;
    struct sample *s = with_stand_by();
    CHECK(opened(&plan, s) == PLAN_GOOD);
    CHECK(plan.program_end == 3);
    CHECK(plan_next_turn(&plan, 1) == 2);
    CHECK(plan_run(&plan, 1, 2) == 0);
    CHECK(plan.patience == 900 && call_count == 0);
    stood_by = -11;
    CHECK(plan_run(&plan, 1, 2) == -1);
    CHECK(plan.failed == 1 && plan.current == 1 && s->steps[1].result == -11);
    free(s);
}

static void what_stands_by_runs_after_the_end_by_a_time_of_its_own(void) {
    struct plan plan;
    struct sample *s = with_stand_by();
    CHECK(opened(&plan, s) == PLAN_GOOD);
    now += 5000;
    CHECK(plan_run(&plan, 3, ROOM) == 0);
    CHECK(call_count == 3 && calls[0] == FIRST && calls[1] == SECOND && calls[2] == EXECUTE);
    CHECK(finish_by == 6500 && told[0] == 0);
    free(s);
}

static void failure_of_what_is_tried_is_told_and_the_plan_goes_on(void) {
    struct plan plan;
    struct sample *s = with_stand_by();
    CHECK(opened(&plan, s) == PLAN_GOOD);
    answers[1] = -13;
    CHECK(plan_run(&plan, 3, ROOM) == 0 && plan.failed == 0);
    CHECK(call_count == 2 && strcmp(told, "letry: errno 13\n") == 0);
    call_count = 0;
    answers[1] = 0;
    finished = 3 << 8;
    CHECK(plan_run(&plan, 3, ROOM) == 0 && plan.failed == 0);
    CHECK(strcmp(told, "letry: exit code 3\n") == 0);
    finished = 15;
    call_count = 0;
    CHECK(plan_run(&plan, 3, ROOM) == 0);
    CHECK(strcmp(told, "letry: killed by signal 15\n") == 0);
    finished = -1;
    call_count = 0;
    CHECK(plan_run(&plan, 3, ROOM) == 0);
    CHECK(strcmp(told, "letry: errno 110\n") == 0);
    free(s);
}

/* In the process that stands by, which ends without running what a failed step comes before. */
static void who_stands_by_ends_with_its_steps_or_with_jail_init(void) {
    struct plan plan;
    struct sample *s = with_stand_by();
    s->header.flags = PLAN_DIES_WITH_EMPEROR;
    CHECK(opened(&plan, s) == PLAN_GOOD);
    stood_by = 0;
    ended = 0;
    if (setjmp(child) == 0) {
        plan_run(&plan, 1, 2);
        CHECK(!"it went on");
    }
    CHECK(call_count == 0 && plan_life(&plan) == -1);
    ended = 1;
    answers[0] = -1;
    if (setjmp(child) == 0) {
        plan_run(&plan, 1, 2);
        CHECK(!"it went on");
    }
    CHECK(call_count == 1 && strcmp(told, "late: errno 1\n") == 0);
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

#define REFUSED(change, expected) REFUSED_OF(sample, change, expected)
#define REFUSED_OF(kind, change, expected)                                                                             \
    do {                                                                                                               \
        struct sample *s = kind();                                                                                     \
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
    REFUSED(s->steps[0].kind = 0, PLAN_BAD_STEP);
    REFUSED(s->steps[0].kind = STEP_IF + 1, PLAN_BAD_STEP);
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

static void bad_blocks_are_refused(void) {
    REFUSED_OF(with_child, s->steps[0].argument[0] = 0, PLAN_BAD_STEP);
    REFUSED_OF(with_child, s->steps[0].argument[0] = 1, PLAN_BAD_STEP);
    REFUSED_OF(with_child, s->steps[0].argument[0] = STEPS, PLAN_BAD_STEP);
    REFUSED_OF(with_child, s->steps[0].argument[0] = STEPS - 1, PLAN_BAD_STEP);
    REFUSED_OF(with_child, s->steps[0].argument[0] = 1ULL << 32, PLAN_BAD_ARGUMENT);
    REFUSED_OF(with_child, s->steps[0].argument[1] = 1ULL << 31, PLAN_BAD_ARGUMENT);
    REFUSED_OF(with_child, s->steps[0].argument_kind[1] = ARGUMENT_DATA, PLAN_BAD_ARGUMENT);
    REFUSED_OF(with_child, s->steps[0].arguments = 2, PLAN_BAD_STEP);
    REFUSED_OF(with_child, s->steps[0].flags = STEP_EXEC, PLAN_BAD_STEP);
    REFUSED_OF(with_child, s->steps[1].kind = STEP_FORK_STAY, PLAN_BAD_STEP);
    REFUSED_OF(with_child, s->steps[1].flags = STEP_EXEC; s->steps[2].flags = 0, PLAN_BAD_STEP);
    REFUSED_OF(with_child, s->steps[2].flags = 0, PLAN_BAD_STEP);
    REFUSED_OF(with_child, s->steps[2].flags = STEP_EXEC | STEP_MAY_FAIL, PLAN_BAD_STEP);
    REFUSED_OF(with_child, s->header.steps = 3, PLAN_BAD_STEP);
    REFUSED_OF(with_until, s->steps[0].argument[0] = 0, PLAN_BAD_STEP);
    REFUSED_OF(with_until, s->steps[0].argument[0] = 3, PLAN_BAD_STEP);
    REFUSED_OF(with_until, s->steps[0].arguments = 4, PLAN_BAD_STEP);
    REFUSED_OF(with_until, s->steps[0].flags = STEP_MAY_FAIL, PLAN_BAD_STEP);
    REFUSED_OF(with_until, s->steps[0].argument[2] = UINT64_MAX, PLAN_BAD_ARGUMENT);
    REFUSED_OF(with_until, s->steps[1].flags = STEP_EXEC, PLAN_BAD_STEP);
    REFUSED_OF(with_until, s->steps[1].kind = STEP_UNTIL; s->steps[1].arguments = 5, PLAN_BAD_STEP);
    REFUSED_OF(with_until, s->steps[2].arguments = 3, PLAN_BAD_STEP);
    REFUSED_OF(with_until, s->steps[2].flags = STEP_MAY_FAIL, PLAN_BAD_STEP);
    REFUSED_OF(with_until, s->steps[2].argument_kind[0] = ARGUMENT_VALUE, PLAN_BAD_ARGUMENT);
    REFUSED_OF(with_until, s->steps[2].argument_kind[2] = ARGUMENT_DATA, PLAN_BAD_ARGUMENT);
    REFUSED_OF(with_until, s->steps[2].argument[0] = 34, PLAN_BAD_ARGUMENT);
    REFUSED_OF(with_until, s->steps[2].argument[0] = DATA - 20, PLAN_BAD_ARGUMENT);
    REFUSED_OF(with_until, s->steps[2].argument[0] = UINT64_MAX - 3, PLAN_BAD_ARGUMENT);
    REFUSED_OF(with_if, s->steps[1].argument[0] = 0, PLAN_BAD_STEP);
    REFUSED_OF(with_if, s->steps[1].argument[0] = 2, PLAN_BAD_STEP);
    REFUSED_OF(with_if, s->steps[1].argument[0] = 3, PLAN_BAD_STEP);
    REFUSED_OF(with_if, s->steps[1].argument[1] = 1, PLAN_BAD_ARGUMENT);
    REFUSED_OF(with_if, s->steps[1].argument_kind[1] = ARGUMENT_VALUE, PLAN_BAD_ARGUMENT);
    REFUSED_OF(with_if, s->steps[1].argument_kind[2] = ARGUMENT_RESULT, PLAN_BAD_ARGUMENT);
    REFUSED_OF(with_if, s->steps[1].arguments = 2, PLAN_BAD_STEP);
    REFUSED_OF(with_if, s->steps[1].flags = STEP_MAY_FAIL, PLAN_BAD_STEP);
    REFUSED_OF(with_if, s->steps[2] = (struct plan_step){.kind = STEP_FORK_STAY}, PLAN_BAD_STEP);
}

static void bad_reforks_are_refused(void) {
    REFUSED(s->steps[2] = (struct plan_step){.kind = STEP_REFORK}, PLAN_BAD_STEP);
    REFUSED(s->steps[1] = (struct plan_step){.kind = STEP_REFORK}; s->steps[2].argument_kind[0] = 0, PLAN_BAD_STEP);
    REFUSED(s->steps[0].kind = STEP_REFORK; s->steps[0].arguments = 0;
            s->steps[0].flags = STEP_MAY_FAIL, PLAN_BAD_STEP);
    REFUSED(s->steps[0] = (struct plan_step){.kind = STEP_REFORK}, PLAN_BAD_ARGUMENT); /* its result is used */
}

static void bad_steps_after_the_end_are_refused(void) {
    struct plan plan;
    struct sample *whole = with_stand_by();
    CHECK(opened(&plan, whole) == PLAN_GOOD);
    free(whole);
    REFUSED_OF(with_stand_by, s->steps[1] = (struct plan_step){.kind = STEP_CALL}, PLAN_BAD_STEP);
    REFUSED_OF(with_stand_by, s->steps[0] = s->steps[1]; s->steps[1].kind = STEP_FORK_STAY;
               s->steps[1].arguments = 0, PLAN_BAD_STEP);
    REFUSED_OF(with_stand_by, s->steps[0] = s->steps[1], PLAN_BAD_STEP);
    REFUSED_OF(with_stand_by, s->header.steps = 3, PLAN_BAD_STEP);
    REFUSED_OF(with_stand_by, s->header.steps = 8, PLAN_BAD_STEP);
    REFUSED_OF(with_stand_by, s->steps[1].argument[0] = 1ULL << 31, PLAN_BAD_ARGUMENT);
    REFUSED_OF(with_stand_by, s->steps[1].argument[2] = DATA - 31, PLAN_BAD_ARGUMENT);
    REFUSED_OF(with_stand_by, s->steps[1].argument[1] = UINT64_MAX, PLAN_BAD_ARGUMENT);
    REFUSED_OF(with_stand_by, s->steps[1].argument_kind[1] = ARGUMENT_VALUE, PLAN_BAD_ARGUMENT);
    REFUSED_OF(with_stand_by, s->steps[1].arguments = 2, PLAN_BAD_STEP);
    REFUSED_OF(with_stand_by, s->steps[2].flags = 0, PLAN_BAD_STEP);
    REFUSED_OF(with_stand_by, s->steps[3].kind = STEP_CALL, PLAN_BAD_STEP);
    REFUSED_OF(with_stand_by, s->steps[4].kind = STEP_AWAIT_END, PLAN_BAD_STEP);
    REFUSED_OF(with_stand_by, s->steps[4].kind = STEP_REFORK, PLAN_BAD_STEP);
    REFUSED_OF(with_stand_by, s->steps[4].flags = STEP_EXEC, PLAN_BAD_STEP);
    REFUSED_OF(with_stand_by, s->steps[5].argument[0] = 0, PLAN_BAD_STEP);
    REFUSED_OF(with_stand_by, s->steps[5].argument[0] = 2, PLAN_BAD_STEP);
    REFUSED_OF(with_stand_by, s->steps[5].argument[0] = 4, PLAN_BAD_STEP);
    REFUSED_OF(with_stand_by, s->steps[5].argument[2] = PLAN_LONGEST_TEXT + 1, PLAN_BAD_ARGUMENT);
    REFUSED_OF(with_stand_by, s->steps[6].kind = STEP_AWAIT_END, PLAN_BAD_STEP);
    REFUSED_OF(with_stand_by, s->steps[6].flags = STEP_EXEC, PLAN_BAD_STEP);
    REFUSED_OF(with_stand_by, s->steps[7].argument[0] = 2, PLAN_BAD_STEP);
    REFUSED_OF(with_stand_by, s->steps[7].argument[0] = UINT64_MAX, PLAN_BAD_STEP);
    REFUSED_OF(with_stand_by, s->steps[8].flags = 0, PLAN_BAD_STEP);
    REFUSED(s->steps[2] = (struct plan_step){.kind = STEP_AWAIT_END}, PLAN_BAD_STEP);
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
    child_that_ends_with_zero_lets_the_plan_go_on();
    child_that_ends_otherwise_fails_its_step_and_says_how();
    child_that_has_to_be_killed_fails_its_step_with_the_given_errno();
    step_that_fails_in_a_child_is_the_one_named();
    child_that_may_fail_does_not_stop_the_plan();
    child_that_cannot_be_made_fails_its_step();
    until_tries_all_its_steps_again_until_they_succeed();
    until_gives_up_after_its_time_with_the_given_errno();
    until_gives_up_when_the_time_of_the_plan_is_over();
    until_gives_up_when_the_emperor_is_dead();
    steps_of_if_run_when_the_earlier_one_has_succeeded();
    steps_of_if_have_failed_when_the_earlier_one_has();
    step_that_fails_in_an_if_is_the_one_named();
    words_are_loaded_and_numbers_written_in_decimal();
    refork_is_a_turn_of_its_own();
    who_stands_by_is_known_and_runs_nothing_of_the_program();
    what_stands_by_runs_after_the_end_by_a_time_of_its_own();
    failure_of_what_is_tried_is_told_and_the_plan_goes_on();
    who_stands_by_ends_with_its_steps_or_with_jail_init();
    bad_plans_are_refused_before_the_first_step();
    bad_blocks_are_refused();
    bad_reforks_are_refused();
    bad_steps_after_the_end_are_refused();
    shorter_messages_are_refused_at_every_length();
    printf("plan-test: %d passed, %d failed\n", checks - failures, failures);
    return failures != 0;
}
