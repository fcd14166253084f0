/*
 * The plan: what jail-init obeys. Java compiles it (PlanEncoder), this side checks it whole before the first step and
 * then runs it. All numbers are in the host's byte order; the sender is on the same machine.
 */
#ifndef EMPEROR_PLAN_H
#define EMPEROR_PLAN_H

#include <stdint.h>

#define PLAN_MAGIC 0x314e414c50504d45ULL /* "EMPPLAN1", little endian */
#define PLAN_VERSION 1
#define PLAN_LARGEST (1U << 20)
#define PLAN_MOST_RECEIVED 64
#define PLAN_RECEIVED_ALWAYS 5

enum plan_flag { PLAN_DIES_WITH_EMPEROR = 1 };

/* The descriptors that come with every plan; further ones follow. The order of org.emperor.jail.Descriptor. */
enum received { RECEIVED_NULL, RECEIVED_OUTPUT, RECEIVED_KEEPER, RECEIVED_RECORD, RECEIVED_LIFE };

enum step_kind {
    STEP_CALL = 1,
    STEP_FORK_STAY = 2,
    STEP_CHILD =
        3, /* the next [0] steps are a child's, the last an exec; waits by [1] for its end with 0, else errno [2] */
    STEP_UNTIL = 4,      /* the next [0] steps again every [1] until all succeed; for [2] and by [3], else errno [4] */
    STEP_EXPECT = 5,     /* the word at [0], by the mask [1], is [2]; else errno [3] */
    STEP_LOAD = 6,       /* its result is the word at [0], by the mask [1], with the bits [2] */
    STEP_DECIMAL = 7,    /* writes number [1] to [0] in decimal, and a newline; its result is the length */
    STEP_REFORK = 8,     /* a child goes on as the jail's init; the parent stays for it alone */
    STEP_STAND_BY = 9,   /* a process as this one is now waits to run what follows the program's exec, within [0] */
    STEP_AWAIT_END = 10, /* waits for the end of the main program; from here on times count anew */
    STEP_TRY = 11,       /* where one of the next [0] steps fails, that is told and the plan goes on after them */
    STEP_IF = 12,        /* the next [0] steps only if step [1] has succeeded; if not, each has failed with errno [2] */
};

/* What STAND_BY and TRY tell in the jail's output where steps fail: the text at [1] of [2] bytes, and why. */
#define PLAN_LONGEST_TEXT 1024
#define PLAN_WORD_ROOM 24 /* what EXPECT, LOAD and DECIMAL may touch at [0] */

enum step_flag { STEP_MAY_FAIL = 1, STEP_EXEC = 2 };

enum argument_kind {
    ARGUMENT_VALUE = 0,
    ARGUMENT_DATA = 1,     /* offset into the data area, replaced by its address */
    ARGUMENT_RESULT = 2,   /* number of an earlier step */
    ARGUMENT_RECEIVED = 3, /* number of a received descriptor */
};

struct plan_header {
    uint64_t magic;
    uint32_t version;
    uint32_t length; /* of the whole plan, this header included */
    uint32_t steps_at;
    uint32_t steps;
    uint32_t relocations_at; /* uint32_t offsets into the data area, of 8-byte words that hold such offsets */
    uint32_t relocations;
    uint32_t data_at;
    uint32_t data_length;
    uint32_t received;
    uint32_t flags;
};

struct plan_step {
    uint16_t kind;
    uint16_t flags;
    uint32_t arguments;
    int64_t call;
    uint8_t argument_kind[8];
    uint64_t argument[6];
    int32_t tolerated[4]; /* with MAY_FAIL: the errnos that are no failure; all zero for any */
    int64_t result;       /* written when the step has run: the call's value, negative errno on failure */
};

struct plan {
    struct plan_header *header;
    struct plan_step *steps;
    uint8_t *data;
    const int *received;
    volatile uint32_t current; /* the step that runs now; survives a child that shares this memory */
    volatile uint32_t failed;  /* whether that step failed; its errno is in its result, or 0 and the next says */
    volatile int32_t ended;    /* how the child of that step ended, as a wait status (wait(2)) */
    int64_t begun;             /* times of [1] in CHILD and [3] in UNTIL count from here; all are milliseconds */
    uint32_t program_end;      /* the number of the first step after the program's exec, or the number of steps */
    volatile int64_t patience; /* how long it may take what STAND_BY has made, from the program's end on */
};

/* Why a plan was refused. */
enum plan_refusal {
    PLAN_GOOD = 0,
    PLAN_TRUNCATED,
    PLAN_BAD_HEADER,
    PLAN_BAD_LAYOUT,
    PLAN_BAD_STEP,
    PLAN_BAD_ARGUMENT,
    PLAN_BAD_RELOCATION,
    PLAN_BAD_DESCRIPTORS,
};

/* Checks the whole plan, applies its relocations and points `plan` into `bytes` (aligned to 8). */
enum plan_refusal plan_open(struct plan *plan, void *bytes, uint64_t length, const int *received,
                            uint32_t received_count);

/* How many steps after this one belong to it and are run by it alone. */
uint32_t plan_block(const struct plan_step *step);

/* The descriptor whose hang-up ends this jail, or -1 where it outlives the emperor. */
int plan_life(const struct plan *plan);

/* The number of the next FORK_STAY, REFORK or EXEC step from `from` on, but those of children; or program_end. */
uint32_t plan_next_turn(const struct plan *plan, uint32_t from);

/* Runs the steps from..until-1; 0, or -1 with current, failed, that step's result and ended telling which and why. */
int plan_run(struct plan *plan, uint32_t from, uint32_t until);

#endif
