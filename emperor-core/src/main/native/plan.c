#include "plan.h"

#include "platform.h"

static int within(uint64_t at, uint64_t count, uint64_t size, uint64_t length) {
    return at <= length && count <= (length - at) / size;
}

static enum plan_refusal check_layout(const struct plan_header *header) {
    uint64_t length = header->length;
    if (header->steps_at % 8 != 0 || header->data_at % 8 != 0 || header->relocations_at % 4 != 0) {
        return PLAN_BAD_LAYOUT;
    }
    if (header->steps_at < sizeof *header || header->data_at < sizeof *header
        || header->relocations_at < sizeof *header) {
        return PLAN_BAD_LAYOUT;
    }
    if (!within(header->steps_at, header->steps, sizeof(struct plan_step), length)
        || !within(header->relocations_at, header->relocations, sizeof(uint32_t), length)
        || !within(header->data_at, header->data_length, 1, length)) {
        return PLAN_BAD_LAYOUT;
    }
    /* Areas that overlapped would let a relocation rewrite a step after it was checked. */
    uint64_t steps_end = header->steps_at + (uint64_t)header->steps * sizeof(struct plan_step);
    uint64_t relocations_end = header->relocations_at + (uint64_t)header->relocations * sizeof(uint32_t);
    if (steps_end > header->relocations_at || relocations_end > header->data_at) {
        return PLAN_BAD_LAYOUT;
    }
    return PLAN_GOOD;
}

static int argument_is_good(const struct plan *plan, uint32_t number, uint8_t kind, uint64_t value) {
    switch (kind) {
    case ARGUMENT_VALUE:
        return 1;
    case ARGUMENT_DATA:
        return value < plan->header->data_length;
    case ARGUMENT_RESULT:
        return value < number && plan->steps[value].kind == STEP_CALL;
    case ARGUMENT_RECEIVED:
        return value < plan->header->received;
    default:
        return 0;
    }
}

static enum plan_refusal check_step(const struct plan *plan, uint32_t number) {
    const struct plan_step *step = &plan->steps[number];
    if (step->kind == STEP_FORK_STAY) {
        return step->flags == 0 && step->arguments == 0 ? PLAN_GOOD : PLAN_BAD_STEP;
    }
    if (step->kind != STEP_CALL || (step->flags & ~(STEP_MAY_FAIL | STEP_EXEC)) != 0 || step->arguments > 6) {
        return PLAN_BAD_STEP;
    }
    for (uint32_t i = 0; i < step->arguments; i++) {
        if (!argument_is_good(plan, number, step->argument_kind[i], step->argument[i])) {
            return PLAN_BAD_ARGUMENT;
        }
    }
    return PLAN_GOOD;
}

/* One FORK_STAY at most; the last step executes the program, and only further tries to do so may follow a first one. */
static enum plan_refusal check_turns(const struct plan *plan) {
    uint32_t stays = 0;
    int exec = 0;
    for (uint32_t i = 0; i < plan->header->steps; i++) {
        stays += plan->steps[i].kind == STEP_FORK_STAY;
        if (exec && (plan->steps[i].flags & STEP_EXEC) == 0) {
            return PLAN_BAD_STEP;
        }
        exec |= plan->steps[i].flags & STEP_EXEC;
    }
    uint16_t last = plan->steps[plan->header->steps - 1].flags;
    return last == STEP_EXEC && stays <= 1 ? PLAN_GOOD : PLAN_BAD_STEP;
}

static enum plan_refusal relocate(const struct plan *plan, const uint32_t *relocations) {
    uint32_t length = plan->header->data_length;
    for (uint32_t i = 0; i < plan->header->relocations; i++) {
        uint32_t at = relocations[i];
        if (at % 8 != 0 || length < 8 || at > length - 8) {
            return PLAN_BAD_RELOCATION;
        }
        uint64_t *word = (uint64_t *)(plan->data + at);
        if (*word >= length) {
            return PLAN_BAD_RELOCATION;
        }
        *word += (uint64_t)(uintptr_t)plan->data;
    }
    return PLAN_GOOD;
}

enum plan_refusal plan_open(struct plan *plan, void *bytes, uint64_t length, const int *received,
                            uint32_t received_count) {
    struct plan_header *header = bytes;
    if (length < sizeof *header) {
        return PLAN_TRUNCATED;
    }
    if (header->magic != PLAN_MAGIC || header->version != PLAN_VERSION || header->steps == 0
        || (header->flags & ~(uint32_t)PLAN_DIES_WITH_EMPEROR) != 0) {
        return PLAN_BAD_HEADER;
    }
    if (header->length != length) {
        return PLAN_TRUNCATED;
    }
    if (header->received != received_count || received_count < PLAN_RECEIVED_ALWAYS
        || received_count > PLAN_MOST_RECEIVED) {
        return PLAN_BAD_DESCRIPTORS;
    }
    enum plan_refusal refusal = check_layout(header);
    if (refusal != PLAN_GOOD) {
        return refusal;
    }
    plan->header = header;
    plan->steps = (struct plan_step *)((uint8_t *)bytes + header->steps_at);
    plan->data = (uint8_t *)bytes + header->data_at;
    plan->received = received;
    plan->current = 0;
    plan->failed = 0;
    for (uint32_t i = 0; i < header->steps; i++) {
        refusal = check_step(plan, i);
        if (refusal != PLAN_GOOD) {
            return refusal;
        }
    }
    refusal = check_turns(plan);
    return refusal != PLAN_GOOD ? refusal
                                : relocate(plan, (const uint32_t *)((uint8_t *)bytes + header->relocations_at));
}

uint32_t plan_next_turn(const struct plan *plan, uint32_t from) {
    uint32_t number = from;
    while (number < plan->header->steps && plan->steps[number].kind != STEP_FORK_STAY
           && (plan->steps[number].flags & STEP_EXEC) == 0) {
        number++;
    }
    return number;
}

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

int plan_run(struct plan *plan, uint32_t from, uint32_t until) {
    for (uint32_t number = from; number < until; number++) {
        struct plan_step *step = &plan->steps[number];
        uint64_t values[6] = {0};
        for (uint32_t i = 0; i < step->arguments; i++) {
            values[i] = argument_value(plan, step, i);
        }
        plan->current = number;
        step->result = platform_call(step->call, values);
        if (step->result < 0 && !is_tolerated(step)) {
            plan->failed = 1;
            return -1;
        }
    }
    return 0;
}
