/* What plan.c, run.c and init.c need of an operating system; each platform's jail-init entry provides it. */
#ifndef EMPEROR_PLATFORM_H
#define EMPEROR_PLATFORM_H

#include <stdint.h>

struct plan;

/* One raw system call; the value, or a negative errno. */
int64_t platform_call(int64_t call, const uint64_t values[6]);

/* What a child's end looked like: CLD_EXITED 1, CLD_KILLED 2, CLD_DUMPED 3, and the code or signal. */
struct ended {
    int pid;
    int code;
    int status;
};

/* Collects one dead child: 1 with `ended` filled, 0 if none is dead, -1 if there are no children. */
int platform_reap(struct ended *ended);

/* Makes the process that calls `body` and shares this memory until it executes or ends; its pid, or a negative errno. */
int platform_fork_main(void (*body)(struct plan *), struct plan *plan);

/*
 * Makes a child that calls `body` and shares this memory until it executes or ends; 0 and up for platform_finish, or a
 * negative errno. One at a time.
 */
int platform_spawn(void (*body)(struct plan *), struct plan *plan);

/* Waits for that child: its wait status (wait(2)), or -1 if it had to be killed, at that time or because `life` hung up. */
int platform_finish(int child, int64_t until, int life);

/* Makes a child that goes on where this returns 0, to be an init of its own; its pid in the parent, or a negative errno. */
int platform_refork(void);

/*
 * In the main program's process: makes a further child of jail-init, as this process is now, with only 0, 1 and 2 open, in
 * a session of its own, that dies with jail-init. There it returns 0, in the caller more, or a negative errno.
 */
int platform_stand_by(void);

/* There: waits until the main program has ended; 0 if jail-init has ended without a word. */
int platform_await_end(void);

/* In jail-init: lets platform_await_end return. */
void platform_tell_end(void);

/* In jail-init: whether the process that platform_stand_by made is there. */
int platform_stands_by(void);

/* Milliseconds of a clock that only goes on. */
int64_t platform_now(void);

/* Waits that many milliseconds; 1 if `life` hung up. */
int platform_pause(int64_t time, int life);

/* What jail-init keeps when the program runs; `life` is -1 where the jail outlives the emperor. */
struct kept {
    int keeper, record, life;
};

/*
 * Gives up every right that an init does not need, and every descriptor but these, which get new numbers: 0, or a negative
 * errno where there is no room for them, and nothing is given up.
 */
int platform_settle(struct kept *kept);

/* Whether `life` hung up: the emperor is dead. */
int platform_has_hung_up(int life);

/* In the main program's process: whether jail-init is dead. */
int platform_is_orphan(void);

/*
 * Waits, at most so many milliseconds, -1 for no limit: the number of a signal to pass on, 0 when the jail is to end because
 * `life` (-1: none) hung up or the emperor says so, or -1 when a child may have ended or the time is over.
 */
int platform_wait(int life, int64_t time);

/* Passes a signal on to the main program. */
void platform_forward(int signal);

/* Kills every process of this jail but the caller, once; 0 if nothing is left that the caller would have to wait for. */
int platform_kill_rest(void);

void platform_send(const void *message, uint64_t length, int main_pid);
void platform_close_control(void);
void platform_write(int descriptor, const void *bytes, uint64_t length);
void platform_exit(int code) __attribute__((noreturn));

#endif
