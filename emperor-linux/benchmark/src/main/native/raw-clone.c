/*
 * Launches a program, waits for its end, and says how long that took, again and again: for each line "N" on its standard
 * input N numbers of nanoseconds come out, one a line.
 *
 *   raw-clone jail WORDS ROOT|- PROGRAM   by one clone3 with these namespaces
 *   raw-clone command ARGV...             by vfork and exec, for programs that make jails themselves
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "raw.h"

static int run_jail(char *const argv[]) {
    static struct raw_jail jail;
    static int known;
    if (!known) {
        jail.namespaces = raw_namespaces(argv[0]);
        jail.root = strcmp(argv[1], "-") == 0 ? NULL : argv[1];
        known = 1;
    }
    return raw_spawn(&jail, argv + 2);
}

static int run_command(char *const argv[]) {
    pid_t pid = vfork();
    if (pid < 0) {
        raw_fail("vfork");
    }
    if (pid == 0) {
        execv(argv[0], argv);
        _exit(127);
    }
    return pid;
}

static int64_t measure(int (*run)(char *const[]), char *const argv[]) {
    int status = 0;
    int64_t begin = raw_now();
    int pid = run(argv);
    if (waitpid(pid, &status, 0) != pid) {
        raw_fail("waitpid");
    }
    int64_t end = raw_now();
    if (status != 0) {
        fprintf(stderr, "raw-clone: %s ended with wait status %d\n", argv[0], status);
        exit(1);
    }
    return end - begin;
}

int main(int count, char *argv[]) {
    int jail = count >= 5 && strcmp(argv[1], "jail") == 0;
    if (!jail && (count < 3 || strcmp(argv[1], "command") != 0)) {
        fprintf(stderr, "usage: raw-clone jail WORDS ROOT|- PROGRAM\n       raw-clone command ARGV...\n");
        return 2;
    }
    char line[32];
    while (fgets(line, sizeof line, stdin) != NULL) {
        for (long left = strtol(line, NULL, 10); left > 0; left--) {
            printf("%lld\n", (long long)measure(jail ? run_jail : run_command, argv + 2));
        }
        fflush(stdout);
    }
    return 0;
}
