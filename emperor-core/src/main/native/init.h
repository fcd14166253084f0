#ifndef EMPEROR_INIT_H
#define EMPEROR_INIT_H

#include "plan.h"

/* What jail-init tells the emperor over the control socket. */
enum report_kind { REPORT_REFUSED = 1, REPORT_FAILED = 2, REPORT_EXEC_NEXT = 3, REPORT_STARTED = 4 };

struct report {
    uint32_t kind;
    uint32_t step; /* FAILED: its number; REFUSED: a plan_refusal */
    int32_t error; /* FAILED: an errno, or 0 if a process ended in that step */
    int32_t ended; /* FAILED with error 0: how, as a wait status (wait(2)) */
};

/* Runs the plan and, where it says so, stays as the jail's init until the jail has ended. */
void init_run(struct plan *plan) __attribute__((noreturn));

/* Tells the emperor that the plan was not run at all. */
void init_refuse(enum plan_refusal refusal) __attribute__((noreturn));

#endif
