/*
 * raw-reign DIRECTORY WORDS FIFO PROGRAM: the least that keeps programs running for files. It runs PROGRAM FIFO NUMBER for
 * every file NUMBER.ini in the directory, again when it dies, in a new jail when the file is touched, and not any more
 * when the file is gone. No parsing, no logs, no throttling, no limits: the lower bound for a supervisor.
 */
#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "raw.h"

#define MOST 16384

static struct raw_jail jail;
static char *fifo;
static char *program;
static pid_t pids[MOST];
static char wanted[MOST];

/* The number of NUMBER.ini, or -1. */
static int number(const char *name) {
    char *end;
    long value = strtol(name, &end, 10);
    return end != name && strcmp(end, ".ini") == 0 && value >= 0 && value < MOST ? (int)value : -1;
}

static void launch(int vassal) {
    char text[16];
    snprintf(text, sizeof text, "%d", vassal);
    char *const argv[] = {program, fifo, text, NULL};
    pids[vassal] = raw_spawn(&jail, argv);
}

static void want(int vassal) {
    if (vassal >= 0 && !wanted[vassal]) {
        wanted[vassal] = 1;
        launch(vassal);
    }
}

static void stop(int vassal, int again) {
    if (vassal >= 0 && wanted[vassal]) {
        wanted[vassal] = (char)again;
        kill(pids[vassal], SIGKILL);
    }
}

static void reap(void) {
    pid_t pid;
    while ((pid = waitpid(-1, NULL, WNOHANG)) > 0) {
        for (int vassal = 0; vassal < MOST; vassal++) {
            if (pids[vassal] == pid) {
                pids[vassal] = 0;
                if (wanted[vassal]) {
                    launch(vassal);
                }
                break;
            }
        }
    }
}

static void read_notes(int notes) {
    char buffer[65536] __attribute__((aligned(8)));
    ssize_t length = read(notes, buffer, sizeof buffer);
    for (ssize_t at = 0; at < length;) {
        struct inotify_event *event = (struct inotify_event *)(buffer + at);
        int vassal = event->len > 0 ? number(event->name) : -1;
        if ((event->mask & IN_MOVED_TO) != 0) {
            want(vassal);
        } else if ((event->mask & IN_DELETE) != 0) {
            stop(vassal, 0);
        } else if ((event->mask & IN_ATTRIB) != 0) {
            stop(vassal, 1);
        }
        at += (ssize_t)(sizeof *event + event->len);
    }
}

static void read_directory(const char *path) {
    DIR *directory = opendir(path);
    if (directory == NULL) {
        raw_fail(path);
    }
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        want(number(entry->d_name));
    }
    closedir(directory);
}

static void end_all(void) {
    for (int vassal = 0; vassal < MOST; vassal++) {
        stop(vassal, 0);
    }
    while (waitpid(-1, NULL, 0) > 0) {
    }
    exit(0);
}

int main(int count, char *argv[]) {
    if (count != 5) {
        fprintf(stderr, "usage: raw-reign DIRECTORY WORDS FIFO PROGRAM\n");
        return 2;
    }
    jail.namespaces = raw_namespaces(argv[2]);
    fifo = argv[3];
    program = argv[4];
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGCHLD);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    int notes = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    struct pollfd watched[] = {{.fd = signalfd(-1, &signals, SFD_CLOEXEC), .events = POLLIN},
                               {.fd = notes, .events = POLLIN}};
    if (inotify_add_watch(notes, argv[1], IN_MOVED_TO | IN_DELETE | IN_ATTRIB) < 0) {
        raw_fail(argv[1]);
    }
    read_directory(argv[1]);
    for (;;) {
        poll(watched, 2, -1);
        struct signalfd_siginfo signal;
        if ((watched[0].revents & POLLIN) != 0 && read(watched[0].fd, &signal, sizeof signal) == sizeof signal) {
            if (signal.ssi_signo == SIGTERM) {
                end_all();
            }
            reap();
        }
        if ((watched[1].revents & POLLIN) != 0) {
            read_notes(notes);
        }
    }
}
