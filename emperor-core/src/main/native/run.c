#include "plan.h"
#include "platform.h"

#define STANDARD_ERROR 2

static uint64_t argument_value(const struct plan *plan, const struct plan_step *step, uint32_t index) {
    uint64_t value = step->argument[index];
    switch (step->argument_kind[index]) {
    case ARGUMENT_DATA:
        return (uint64_t)(uintptr_t)(plan->data + value);
    case ARGUMENT_RESULT:
        return (uint64_t)plan->steps[value].result;
    case ARGUMENT_RECEIVED:
        return (uint64_t)plan->received[value];
    default:
        return value;
    }
}

static int is_tolerated(const struct plan_step *step) {
    if ((step->flags & STEP_MAY_FAIL) == 0) {
        return 0;
    }
    if (step->tolerated[0] == 0) {
        return 1;
    }
    for (int i = 0; i < 4; i++) {
        if (step->tolerated[i] != 0 && step->result == -(int64_t)step->tolerated[i]) {
            return 1;
        }
    }
    return 0;
}

/* What a number looks like in decimal; its length. */
static int64_t write_digits(char *to, uint64_t number) {
    char digits[20];
    int count = 0;
    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    int64_t length = 0;
    while (count > 0) {
        to[length++] = digits[--count];
    }
    return length;
}

/* With a newline. */
static int64_t write_decimal(char *to, uint64_t number) {
    int64_t length = write_digits(to, number);
    to[length++] = '\n';
    return length;
}

static int64_t perform(const struct plan_step *step, const uint64_t values[6]) {
    switch (step->kind) {
    case STEP_EXPECT:
        return (*(const uint32_t *)(uintptr_t)values[0] & values[1]) == values[2] ? 0 : -(int64_t)values[3];
    case STEP_LOAD:
        return (int64_t)((*(const uint32_t *)(uintptr_t)values[0] & values[1]) | values[2]);
    case STEP_DECIMAL:
        return write_decimal((char *)(uintptr_t)values[0], values[1]);
    default:
        return platform_call(step->call, values);
    }
}

/* 0, or -1 if the step failed; its result says why. */
static int attempt(struct plan *plan, uint32_t number) {
    struct plan_step *step = &plan->steps[number];
    uint64_t values[6] = {0};
    for (uint32_t i = 0; i < step->arguments; i++) {
        values[i] = argument_value(plan, step, i);
    }
    plan->current = number;
    step->result = perform(step, values);
    return step->result < 0 && !is_tolerated(step) ? -1 : 0;
}

static int fail_at(struct plan *plan, uint32_t number, int64_t result) {
    plan->current = number;
    plan->steps[number].result = result;
    plan->failed = 1;
    return -1;
}

static int run_until(struct plan *plan, uint32_t number) {
    const struct plan_step *step = &plan->steps[number];
    int64_t end = platform_now() + (int64_t)step->argument[2];
    int64_t last = plan->begun + (int64_t)step->argument[3];
    end = last < end ? last : end;
    for (;;) {
        uint32_t inner = 1;
        while (inner <= step->argument[0] && attempt(plan, number + inner) == 0) {
            inner++;
        }
        if (inner > step->argument[0]) {
            return 0;
        }
        if (platform_now() >= end || platform_pause((int64_t)step->argument[1], plan_life(plan))) {
            return fail_at(plan, number, -(int64_t)step->argument[4]);
        }
    }
}

static int run_if(struct plan *plan, uint32_t number) {
    const struct plan_step *step = &plan->steps[number];
    uint32_t end = number + 1 + plan_block(step);
    if ((int64_t)argument_value(plan, step, 1) >= 0) {
        return plan_run(plan, number + 1, end);
    }
    for (uint32_t inner = number + 1; inner < end; inner++) {
        plan->steps[inner].result = -(int64_t)step->argument[2];
    }
    return 0;
}

/* In the child, which shares this memory until it executes. */
static void run_block(struct plan *plan) {
    uint32_t first = plan->current + 1;
    plan_run(plan, first, first + plan_block(&plan->steps[plan->current]));
    platform_exit(127);
}

static int run_child(struct plan *plan, uint32_t number) {
    const struct plan_step *step = &plan->steps[number];
    plan->current = number;
    int child = platform_spawn(run_block, plan);
    if (child < 0) {
        return fail_at(plan, number, child);
    }
    int ended = platform_finish(child, plan->begun + (int64_t)step->argument[1], plan_life(plan));
    if (ended < 0) {
        return fail_at(plan, number, -(int64_t)step->argument[2]);
    }
    int passed = ended == 0 || (step->flags & STEP_MAY_FAIL) != 0;
    if (passed) {
        plan->failed = 0;
        return 0;
    }
    if (!plan->failed) { /* it did execute: how that ended is what failed */
        plan->ended = ended;
        return fail_at(plan, number, 0);
    }
    return -1;
}

static int64_t append(char *to, int64_t length, const char *text, uint64_t count) {
    for (uint64_t i = 0; i < count && text[i] != 0; i++) {
        to[length++] = text[i];
    }
    return length;
}

/* One line of the jail's output, in the words of the emperor: the text, and what the failed step's errno or child says. */
static void tell_failure(const struct plan *plan, const struct plan_step *teller) {
    static char line[PLAN_LONGEST_TEXT + 64];
    const char *text = (const char *)plan->data + teller->argument[1];
    int64_t length = append(line, 0, text, teller->argument[2]);
    int64_t result = plan->steps[plan->current].result;
    int signal = plan->ended & 0x7f;
    if (result < 0) {
        length = append(line, length, ": errno ", 8);
        length += write_decimal(line + length, (uint64_t)-result);
    } else if (signal != 0) {
        length = append(line, length, ": killed by signal ", 19);
        length += write_decimal(line + length, (uint64_t)signal);
    } else {
        length = append(line, length, ": exit code ", 12);
        length += write_decimal(line + length, (uint64_t)(plan->ended >> 8 & 0xff));
    }
    platform_write(STANDARD_ERROR, line, (uint64_t)length);
}

static int run_try(struct plan *plan, uint32_t number) {
    const struct plan_step *step = &plan->steps[number];
    if (plan_run(plan, number + 1, number + 1 + plan_block(step)) != 0) {
        tell_failure(plan, step);
        plan->failed = 0;
    }
    return 0;
}

static int run_stand_by(struct plan *plan, uint32_t number) {
    struct plan_step *step = &plan->steps[number];
    plan->current = number;
    int pid = platform_stand_by();
    if (pid < 0) {
        return fail_at(plan, number, pid);
    }
    if (pid == 0) {
        plan->header->flags &= ~(uint32_t)PLAN_DIES_WITH_EMPEROR; /* which jail-init looks after */
        if (plan_run(plan, plan->program_end, plan->header->steps) != 0) {
            tell_failure(plan, step);
        }
        platform_exit(0);
    }
    plan->patience = (int64_t)step->argument[0];
    return 0;
}

static int run_await_end(struct plan *plan) {
    if (!platform_await_end()) {
        platform_exit(0); /* jail-init is dead, and with it the jail */
    }
    plan->begun = platform_now();
    return 0;
}

static int run_one(struct plan *plan, uint32_t number) {
    switch (plan->steps[number].kind) {
    case STEP_STAND_BY:
        return run_stand_by(plan, number);
    case STEP_AWAIT_END:
        return run_await_end(plan);
    case STEP_TRY:
        return run_try(plan, number);
    case STEP_CHILD:
        return run_child(plan, number);
    case STEP_UNTIL:
        return run_until(plan, number);
    case STEP_IF:
        return run_if(plan, number);
    default:
        return attempt(plan, number) == 0 ? 0 : fail_at(plan, number, plan->steps[number].result);
    }
}

int plan_run(struct plan *plan, uint32_t from, uint32_t until) {
    uint32_t number = from;
    while (number < until) {
        if (run_one(plan, number) != 0) {
            return -1;
        }
        number += 1 + plan_block(&plan->steps[number]);
    }
    return 0;
}
