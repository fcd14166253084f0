#include "init.h"

#include "platform.h"

#define NO_PROCESS 0
#define CODE_EXITED 1
#define EXIT_FAILED 127
#define STANDARD_ERROR 2

static void tell(uint32_t kind, uint32_t step, int32_t error, int32_t ended, int main_pid) {
    struct report report = {.kind = kind, .step = step, .error = error, .ended = ended};
    platform_send(&report, sizeof report, main_pid);
}

void init_refuse(enum plan_refusal refusal) {
    tell(REPORT_REFUSED, (uint32_t)refusal, 0, 0, NO_PROCESS);
    platform_exit(EXIT_FAILED);
}

static void end_rest(void) {
    struct ended ended;
    for (;;) {
        int left;
        while ((left = platform_reap(&ended)) == 1) {
        }
        if (left < 0 || platform_kill_rest() == 0) {
            return; /* whoever is left without our finding them is for the emperor's cgroup.kill */
        }
        platform_wait(-1, -1);
    }
}

/* `ended` tells of a process that did not come to the end of its steps, and whose step did not fail either. */
static void __attribute__((noreturn)) fail(const struct plan *plan, int ended) {
    int32_t error = plan->failed ? (int32_t)-plan->steps[plan->current].result : 0;
    tell(REPORT_FAILED, plan->current, error, plan->failed ? plan->ended : ended, NO_PROCESS);
    end_rest(); /* what hooks have left running */
    platform_exit(EXIT_FAILED);
}

/* The rest of the plan, in the main program's process; it shares the memory that says how far it came. */
static void run_main(struct plan *plan) {
    uint32_t exec = plan_next_turn(plan, plan->current + 1);
    /* A parent that died before the death signal was asked for sends none (prctl(2)). */
    if (plan_run(plan, plan->current + 1, exec) == 0 && !platform_is_orphan()) {
        plan_run(plan, exec, plan->program_end);
    }
    platform_exit(EXIT_FAILED);
}

/* "code status\n": what waitid(2) says in si_code and si_status. */
static void write_record(int record, const struct ended *ended) {
    char text[16];
    uint64_t length = 0;
    text[length++] = (char)('0' + ended->code % 10);
    text[length++] = ' ';
    int status = ended->status < 0 ? 0 : ended->status % 1000;
    if (status >= 100) {
        text[length++] = (char)('0' + status / 100);
    }
    if (status >= 10) {
        text[length++] = (char)('0' + status / 10 % 10);
    }
    text[length++] = (char)('0' + status % 10);
    text[length++] = '\n';
    platform_write(record, text, length);
}

/* Reaps until the main process turns up, nobody is dead, or nobody is left. */
static int reap_main(int main_pid, struct ended *main_end) {
    struct ended ended;
    int found;
    while ((found = platform_reap(&ended)) == 1) {
        if (ended.pid == main_pid) {
            *main_end = ended;
            return 1;
        }
    }
    return 0;
}

/* The main program has ended: whoever stands by for that does its steps, for as long as the plan and the emperor let it. */
static void let_stand_by_run(int64_t patience, int life) {
    struct ended ended;
    int64_t until = platform_now() + patience;
    int64_t left = patience;
    platform_tell_end();
    while (platform_stands_by() && left > 0) {
        if (platform_wait(life, left) == 0) {
            return;
        }
        while (platform_reap(&ended) == 1) {
        }
        left = until - platform_now();
    }
}

static void __attribute__((noreturn)) stay(const struct plan *plan, int main_pid, struct kept *kept) {
    struct ended main_end = {0};
    int told_to_end = 0;
    while (!reap_main(main_pid, &main_end)) {
        int signal = platform_wait(kept->life, -1);
        if (signal == 0) {
            platform_kill_rest();
            kept->life = -1;
            told_to_end = 1;
        } else if (signal > 0) {
            platform_forward(signal);
        }
    }
    write_record(kept->record, &main_end);
    if (!told_to_end) {
        let_stand_by_run(plan->patience, kept->life);
    }
    end_rest();
    platform_exit(main_end.code == CODE_EXITED ? main_end.status : 128 + main_end.status);
}

/* The vfork-like child is gone without an exec: by a failed step it told in our memory, or killed in that step. */
static void __attribute__((noreturn)) fail_main(const struct plan *plan, int main_pid) {
    struct ended ended = {0};
    while (!reap_main(main_pid, &ended)) {
        platform_wait(-1, -1);
    }
    fail(plan, ended.code == CODE_EXITED ? ended.status << 8 : ended.status);
}

/* Without what it must keep it would hear of nothing, and so never end. */
static void settle_or_end(struct kept *kept) {
    static const char text[] =
        "emperor: jail-init has no room for the files that it keeps (RLIMIT_NOFILE): the jail ends\n";
    static const struct ended end = {.code = CODE_EXITED, .status = EXIT_FAILED};
    if (platform_settle(kept) < 0) {
        write_record(kept->record, &end);
        platform_write(STANDARD_ERROR, text, sizeof text - 1);
        end_rest();
        platform_exit(EXIT_FAILED);
    }
}

/* For a child that is the jail's init now, and tells and records what is to be told. */
static void __attribute__((noreturn)) stand_for(const struct plan *plan, int child) {
    struct kept kept = {.keeper = -1, .record = -1, .life = plan_life(plan)};
    settle_or_end(&kept);
    stay(plan, child, &kept);
}

/* Runs the plan in the process that will stay as the jail's init; the number of the step at which it is to turn. */
static uint32_t run_init(struct plan *plan) {
    uint32_t from = 0;
    for (;;) {
        uint32_t turn = plan_next_turn(plan, from);
        if (plan_run(plan, from, turn) != 0) {
            fail(plan, 0);
        }
        plan->current = turn;
        if (plan->steps[turn].kind != STEP_REFORK) {
            return turn;
        }
        int child = platform_refork();
        if (child > 0) {
            stand_for(plan, child);
        }
        if (child < 0) {
            plan->steps[turn].result = child;
            plan->failed = 1;
            fail(plan, 0);
        }
        from = turn + 1;
    }
}

void init_run(struct plan *plan) {
    uint32_t turn = run_init(plan);
    if (plan->steps[turn].kind != STEP_FORK_STAY) {
        if (platform_has_hung_up(plan_life(plan))) { /* before it could be told by the death signal */
            platform_exit(EXIT_FAILED);
        }
        tell(REPORT_EXEC_NEXT, turn, 0, 0, NO_PROCESS);
        plan_run(plan, turn, plan->program_end);
        fail(plan, 0);
    }
    int main_pid = platform_fork_main(run_main, plan);
    if (main_pid < 0) {
        plan->steps[turn].result = main_pid;
        plan->failed = 1;
        fail(plan, 0);
    }
    if (plan->failed || (plan->steps[plan->current].flags & STEP_EXEC) == 0) {
        fail_main(plan, main_pid);
    }
    tell(REPORT_STARTED, 0, 0, 0, main_pid);
    platform_close_control();
    struct kept kept = {
        .keeper = plan->received[RECEIVED_KEEPER],
        .record = plan->received[RECEIVED_RECORD],
        .life = plan_life(plan),
    };
    settle_or_end(&kept);
    stay(plan, main_pid, &kept);
}
