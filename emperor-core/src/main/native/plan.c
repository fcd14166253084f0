#include "plan.h"

#include "platform.h"

uint32_t plan_block(const struct plan_step *step) {
    int has = step->kind == STEP_CHILD || step->kind == STEP_UNTIL || step->kind == STEP_TRY || step->kind == STEP_IF;
    return has ? (uint32_t)step->argument[0] : 0;
}

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

static int has_result(uint16_t kind) {
    return kind == STEP_CALL || kind == STEP_LOAD || kind == STEP_DECIMAL;
}

static int argument_is_good(const struct plan *plan, uint32_t number, uint8_t kind, uint64_t value) {
    switch (kind) {
    case ARGUMENT_VALUE:
        return 1;
    case ARGUMENT_DATA:
        return value < plan->header->data_length;
    case ARGUMENT_RESULT:
        return value < number && has_result(plan->steps[value].kind);
    case ARGUMENT_RECEIVED:
        return value < plan->header->received;
    default:
        return 0;
    }
}

static int is_plain(const struct plan_step *step) {
    return (step->kind == STEP_CALL && (step->flags & STEP_EXEC) == 0) || step->kind == STEP_EXPECT
           || step->kind == STEP_LOAD || step->kind == STEP_DECIMAL;
}

/* What is tried is calls, children and repetitions, each whole. */
static int tried_is_good(const struct plan_step *step) {
    uint64_t left = step->argument[0];
    const struct plan_step *inner = step + 1;
    while (left > 0) {
        int block = inner->kind == STEP_CHILD || inner->kind == STEP_UNTIL;
        uint64_t length = block ? inner->argument[0] + 1 : 1;
        if ((!block && !is_plain(inner)) || length > left || length == 0) {
            return 0;
        }
        left -= length;
        inner += length;
    }
    return 1;
}

/* No block in a block but in TRY; a child's last step executes, and after a try to do so only further ones follow. */
static int block_is_good(const struct plan *plan, uint32_t number) {
    const struct plan_step *step = &plan->steps[number];
    if (step->argument[0] == 0 || step->argument[0] >= plan->header->steps - number) {
        return 0;
    }
    if (step->kind == STEP_TRY) {
        return tried_is_good(step);
    }
    const struct plan_step *last = step + step->argument[0];
    int exec = 0;
    for (const struct plan_step *inner = step + 1; inner <= last; inner++) {
        if ((inner->kind != STEP_CALL && inner->kind != STEP_EXPECT) || (exec && (inner->flags & STEP_EXEC) == 0)) {
            return 0;
        }
        exec |= inner->flags & STEP_EXEC;
    }
    return step->kind == STEP_CHILD ? last->flags == STEP_EXEC : !exec;
}

/* What a step that is no call must look like. */
static const struct shape {
    uint16_t flags;
    uint16_t arguments;
    uint8_t word;  /* whether the first argument is a place in the data that is read or written here */
    uint8_t block; /* whether the first argument is how many steps belong to it */
    uint8_t text;  /* whether the last two arguments are a text to tell */
} shapes[] = {
    [STEP_FORK_STAY] = {0, 0, 0, 0, 0}, [STEP_CHILD] = {STEP_MAY_FAIL, 3, 0, 1, 0},
    [STEP_UNTIL] = {0, 5, 0, 1, 0},     [STEP_EXPECT] = {0, 4, 1, 0, 0},
    [STEP_LOAD] = {0, 3, 1, 0, 0},      [STEP_DECIMAL] = {0, 2, 1, 0, 0},
    [STEP_REFORK] = {0, 0, 0, 0, 0},    [STEP_STAND_BY] = {0, 3, 0, 0, 1},
    [STEP_AWAIT_END] = {0, 0, 0, 0, 0}, [STEP_TRY] = {0, 3, 0, 1, 1},
    [STEP_IF] = {0, 3, 0, 1, 0},
};

static int text_is_good(const struct plan *plan, const struct plan_step *step) {
    return step->argument[2] <= PLAN_LONGEST_TEXT && step->argument[0] <= INT32_MAX
           && within(step->argument[1], step->argument[2], 1, plan->header->data_length);
}

/* IF asks for an earlier step's result, DECIMAL takes one or a number. */
static int kind_is_good(const struct plan_step *step, uint32_t argument, uint8_t kind) {
    const struct shape *shape = &shapes[step->kind];
    if (argument == 1 && step->kind == STEP_IF) {
        return kind == ARGUMENT_RESULT;
    }
    if (argument == 1 && step->kind == STEP_DECIMAL && kind == ARGUMENT_RESULT) {
        return 1;
    }
    int data = (shape->word && argument == 0) || (shape->text && argument == 1);
    return kind == (data ? ARGUMENT_DATA : ARGUMENT_VALUE);
}

static enum plan_refusal check_shape(const struct plan *plan, uint32_t number) {
    const struct plan_step *step = &plan->steps[number];
    if (step->kind < STEP_FORK_STAY || step->kind > STEP_IF) {
        return PLAN_BAD_STEP;
    }
    const struct shape *shape = &shapes[step->kind];
    if ((step->flags & ~shape->flags) != 0 || step->arguments != shape->arguments) {
        return PLAN_BAD_STEP;
    }
    for (uint32_t i = 0; i < step->arguments; i++) {
        if (!kind_is_good(step, i, step->argument_kind[i])) {
            return PLAN_BAD_ARGUMENT;
        }
        if (shape->block && step->argument[i] > INT32_MAX) {
            return PLAN_BAD_ARGUMENT;
        }
    }
    uint64_t length = plan->header->data_length;
    if (shape->word && (step->argument[0] % 4 != 0 || !within(step->argument[0], PLAN_WORD_ROOM, 1, length))) {
        return PLAN_BAD_ARGUMENT;
    }
    if (shape->text && !text_is_good(plan, step)) {
        return PLAN_BAD_ARGUMENT;
    }
    return !shape->block || block_is_good(plan, number) ? PLAN_GOOD : PLAN_BAD_STEP;
}

static enum plan_refusal check_step(const struct plan *plan, uint32_t number) {
    const struct plan_step *step = &plan->steps[number];
    if (step->kind != STEP_CALL) {
        enum plan_refusal refusal = check_shape(plan, number);
        if (refusal != PLAN_GOOD) {
            return refusal;
        }
    } else if ((step->flags & ~(STEP_MAY_FAIL | STEP_EXEC)) != 0 || step->arguments > 6) {
        return PLAN_BAD_STEP;
    }
    for (uint32_t i = 0; i < step->arguments; i++) {
        if (!argument_is_good(plan, number, step->argument_kind[i], step->argument[i])) {
            return PLAN_BAD_ARGUMENT;
        }
    }
    return PLAN_GOOD;
}

/* Once it waits for the end of the program; what can fail without being told comes before or right after that. */
static enum plan_refusal check_after(const struct plan *plan) {
    uint32_t waits = 0;
    uint32_t i = plan->program_end;
    while (i < plan->header->steps) {
        const struct plan_step *step = &plan->steps[i];
        int waits_here = step->kind == STEP_AWAIT_END;
        waits += waits_here;
        if (!waits_here && !is_plain(step) && (step->kind != STEP_TRY || waits == 0)) {
            return PLAN_BAD_STEP;
        }
        i += 1 + plan_block(step);
    }
    return waits == 1 ? PLAN_GOOD : PLAN_BAD_STEP;
}

/*
 * One FORK_STAY at most, no REFORK after it, for that process is no init, and none without one, for its parent could not
 * tell how the program ended. After a first try to execute the program only further ones follow, up to one that must
 * succeed; and behind it only what STAND_BY has run, of which there is one at most, in the main program's process.
 */
static enum plan_refusal check_turns(struct plan *plan) {
    uint32_t stays = 0;
    int exec = 0;
    uint32_t reforks = 0;
    uint32_t stand_by = 0;
    uint32_t i = 0;
    while (i < plan->header->steps) {
        const struct plan_step *step = &plan->steps[i];
        int late = step->kind == STEP_REFORK;
        int later = step->kind == STEP_STAND_BY;
        stays += step->kind == STEP_FORK_STAY;
        reforks += late;
        stand_by += later;
        if ((stays > 0 && late) || (stays == 0 && later) || step->kind == STEP_AWAIT_END || step->kind == STEP_TRY) {
            return PLAN_BAD_STEP;
        }
        if (exec && (step->flags & STEP_EXEC) == 0) {
            return PLAN_BAD_STEP;
        }
        exec |= step->flags & STEP_EXEC;
        i += 1 + plan_block(step);
        if (step->flags == STEP_EXEC) {
            plan->program_end = i;
            int has_more = i < plan->header->steps;
            int good = stays <= 1 && reforks <= stays && stand_by <= 1 && has_more == (int)stand_by;
            return !good ? PLAN_BAD_STEP : has_more ? check_after(plan) : PLAN_GOOD;
        }
    }
    return PLAN_BAD_STEP;
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
    plan->ended = 0;
    plan->program_end = header->steps;
    plan->patience = 0;
    plan->begun = platform_now();
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
    while (number < plan->program_end && plan->steps[number].kind != STEP_FORK_STAY
           && plan->steps[number].kind != STEP_REFORK && (plan->steps[number].flags & STEP_EXEC) == 0) {
        number += 1 + plan_block(&plan->steps[number]);
    }
    return number;
}

int plan_life(const struct plan *plan) {
    return (plan->header->flags & PLAN_DIES_WITH_EMPEROR) != 0 ? plan->received[RECEIVED_LIFE] : -1;
}
