package org.emperor.linux;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** Changes this process's own limit of open files, by a shell that was started while there were still some to be had. */
final class DescriptorLimit implements AutoCloseable {
    private final Process shell;
    private final BufferedReader answers;
    private final String before;

    DescriptorLimit() {
        try {
            shell = new ProcessBuilder("/bin/sh").redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answers = shell.inputReader();
        before = ask("prlimit --pid " + pid() + " --nofile --raw --noheadings --output SOFT");
    }

    /** From now on so many descriptors can be opened beside those that are. */
    void leave(int count) {
        Set<String> open = Set.of(new File("/proc/self/fd").list());
        int limit = 0;
        int free = 0;
        while (free < count || open.contains(Integer.toString(limit))) {
            free += open.contains(Integer.toString(limit++)) ? 0 : 1;
        }
        set(Integer.toString(limit));
    }

    void lift() {
        set(before);
    }

    private void set(String soft) {
        ask("prlimit --pid " + pid() + " --nofile=" + soft + ": && echo done");
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    private String ask(String command) {
        try {
            shell.outputWriter().append(command).append('\n').flush();
            return String.valueOf(answers.readLine()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        lift();
        shell.destroy();
    }
}
