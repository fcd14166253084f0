/* Raw Linux system calls for x86-64 and aarch64: no libc, no errno; a negative result is -errno. */
#ifndef EMPEROR_SYS_H
#define EMPEROR_SYS_H

#include <stdint.h>

static inline long sys6(long nr, long a, long b, long c, long d, long e, long f) {
#if defined(__x86_64__)
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = f;
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
#elif defined(__aarch64__)
    register long x8 __asm__("x8") = nr;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    register long x4 __asm__("x4") = e;
    register long x5 __asm__("x5") = f;
    __asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
    return x0;
#else
#error "only x86-64 and aarch64 are supported"
#endif
}

#define SYS(nr, ...) SYS_PICK(__VA_ARGS__, SYS_6, SYS_5, SYS_4, SYS_3, SYS_2, SYS_1, 0)(nr, __VA_ARGS__)
#define SYS_PICK(a, b, c, d, e, f, name, ...) name
#define SYS_1(nr, a) sys6(nr, (long)(a), 0, 0, 0, 0, 0)
#define SYS_2(nr, a, b) sys6(nr, (long)(a), (long)(b), 0, 0, 0, 0)
#define SYS_3(nr, a, b, c) sys6(nr, (long)(a), (long)(b), (long)(c), 0, 0, 0)
#define SYS_4(nr, a, b, c, d) sys6(nr, (long)(a), (long)(b), (long)(c), (long)(d), 0, 0)
#define SYS_5(nr, a, b, c, d, e) sys6(nr, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), 0)
#define SYS_6(nr, a, b, c, d, e, f) sys6(nr, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))

#define CLONE_VM_ 0x100UL
#define CLONE_FILES_ 0x400UL
#define CLONE_PIDFD_ 0x1000UL
#define CLONE_VFORK_ 0x4000UL
#define CLONE_PARENT_ 0x8000UL
#define CLONE_NEWUSER_ 0x10000000UL
#define CLONE_CLEAR_SIGHAND_ 0x100000000UL
#define CLONE_INTO_CGROUP_ 0x200000000UL

/* struct clone_args of clone3(2). */
struct clone_arguments {
    uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid, set_tid_size, cgroup;
};

/*
 * clone3 whose child runs body(argument) on the stack given in the arguments and never returns. With VM|VFORK the caller
 * sleeps until the child executes or ends, so the stack may be anywhere in the shared memory but on the caller's own.
 */
static inline long clone_running(const struct clone_arguments *arguments, void (*body)(void *), void *argument) {
#if defined(__x86_64__)
    register void (*r12)(void *) __asm__("r12") = body;
    register void *r13 __asm__("r13") = argument;
    long result;
    __asm__ volatile("syscall\n\t"
                     "test %%rax, %%rax\n\t"
                     "jnz 1f\n\t"
                     "xor %%ebp, %%ebp\n\t"
                     "mov %%r13, %%rdi\n\t"
                     "call *%%r12\n\t"
                     "ud2\n"
                     "1:"
                     : "=a"(result)
                     : "a"(435L), "D"(arguments), "S"(sizeof *arguments), "r"(r12), "r"(r13)
                     : "rcx", "r11", "memory");
    return result;
#elif defined(__aarch64__)
    register long x8 __asm__("x8") = 435;
    register long x0 __asm__("x0") = (long)arguments;
    register long x1 __asm__("x1") = sizeof *arguments;
    register void (*x20)(void *) __asm__("x20") = body;
    register void *x21 __asm__("x21") = argument;
    __asm__ volatile("svc #0\n\t"
                     "cbnz x0, 1f\n\t"
                     "mov x29, xzr\n\t"
                     "mov x0, x21\n\t"
                     "blr x20\n\t"
                     "brk #1\n"
                     "1:"
                     : "+r"(x0)
                     : "r"(x8), "r"(x1), "r"(x20), "r"(x21)
                     : "memory");
    return x0;
#endif
}

/* The same through clone(2), for kernels and container engines that answer ENOSYS to clone3; low 32 flag bits only. */
static inline long clone_running_old(unsigned long flags, void *stack_top, int *pidfd, void (*body)(void *),
                                     void *argument) {
#if defined(__x86_64__)
    register void (*r12)(void *) __asm__("r12") = body;
    register void *r13 __asm__("r13") = argument;
    register long r10 __asm__("r10") = 0;
    register long r8 __asm__("r8") = 0;
    long result;
    __asm__ volatile("syscall\n\t"
                     "test %%rax, %%rax\n\t"
                     "jnz 1f\n\t"
                     "xor %%ebp, %%ebp\n\t"
                     "mov %%r13, %%rdi\n\t"
                     "call *%%r12\n\t"
                     "ud2\n"
                     "1:"
                     : "=a"(result)
                     : "a"(56L), "D"(flags), "S"(stack_top), "d"(pidfd), "r"(r10), "r"(r8), "r"(r12), "r"(r13)
                     : "rcx", "r11", "memory");
    return result;
#elif defined(__aarch64__)
    register long x8 __asm__("x8") = 220;
    register long x0 __asm__("x0") = (long)flags;
    register void *x1 __asm__("x1") = stack_top;
    register int *x2 __asm__("x2") = pidfd;
    register long x3 __asm__("x3") = 0;
    register long x4 __asm__("x4") = 0;
    register void (*x20)(void *) __asm__("x20") = body;
    register void *x21 __asm__("x21") = argument;
    __asm__ volatile("svc #0\n\t"
                     "cbnz x0, 1f\n\t"
                     "mov x29, xzr\n\t"
                     "mov x0, x21\n\t"
                     "blr x20\n\t"
                     "brk #1\n"
                     "1:"
                     : "+r"(x0)
                     : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x20), "r"(x21)
                     : "memory");
    return x0;
#endif
}

#endif
