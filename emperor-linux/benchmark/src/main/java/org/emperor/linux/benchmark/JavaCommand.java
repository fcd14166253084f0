package org.emperor.linux.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts classes of this class path in a JVM of their own, with the options the daemon runs with. */
record JavaCommand(List<String> options) {

    /** The lowest numbers are opened before the JVM takes them. */
    private static final List<String> LOW_DESCRIPTORS =
            List.of("sh", "-c", "exec 3<>/dev/null 4<>/dev/null 5<>/dev/null 6<>/dev/null; exec \"$0\" \"$@\"");

    /** As the launcher {@code emperor} does; a test compares. */
    static JavaCommand asDaemon() {
        return new JavaCommand(List.of(
                "-Xrs",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:Tier3InvocationThreshold=20",
                "-XX:Tier3MinInvocationThreshold=10",
                "-XX:Tier3CompileThreshold=40",
                "-XX:Tier3BackEdgeThreshold=2000",
                "-XX:C1MaxInlineLevel=3",
                "-XX:C1MaxInlineSize=20",
                "-XX:CICompilerCount=1",
                "-XX:StringTableSize=4096",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:GuaranteedSafepointInterval=30000",
                "-Demperor.low-descriptors=true",
                "-Xms8m",
                "-Xmx192m",
                "-Xss512k"));
    }

    List<String> running(String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>(LOW_DESCRIPTORS);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        return command;
    }
}
