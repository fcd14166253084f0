package org.emperor.linux.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts classes of this class path in a JVM of their own, with the options the daemon runs with. */
record JavaCommand(List<String> options) {

    /** {@code -Xrs}: the emperor's own handlers take the signals. One collector thread and one compiler are enough for it. */
    static JavaCommand asDaemon() {
        return new JavaCommand(List.of("-Xrs", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    }

    List<String> running(String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        return command;
    }
}
