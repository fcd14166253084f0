package org.emperor.jail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips tests tagged {@code kernel} or {@code pid1}, with the reason, where this process may not make namespaces. Found by
 * JUnit itself, so that no test can forget it.
 */
public final class KernelTests implements ExecutionCondition {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int CAP_SYS_ADMIN = 21; // linux/capability.h

    private static final Optional<String> HINDRANCE = hindrance();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Set<String> tags = context.getTags();
        if (!tags.contains("kernel") && !tags.contains("pid1")) {
            return ConditionEvaluationResult.enabled("asks nothing of the kernel");
        }
        return HINDRANCE
                .map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("this process may make namespaces"));
    }

    private static Optional<String> hindrance() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.empty(); // tests of other systems say themselves what they need
        }
        try {
            return hindrance(Files.readString(STATUS));
        } catch (IOException noProc) {
            return Optional.of("needs /proc: " + noProc);
        }
    }

    static Optional<String> hindrance(String status) {
        long uid = Long.parseLong(field(status, "Uid").split("\\s+")[0]);
        if (uid != 0) {
            return Optional.of("needs root: this is uid " + uid);
        }
        long effective = Long.parseUnsignedLong(field(status, "CapEff"), 16);
        return (effective >> CAP_SYS_ADMIN & 1) == 1
                ? Optional.empty()
                : Optional.of("needs CAP_SYS_ADMIN: this root may not make namespaces");
    }

    private static String field(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + name + " in " + STATUS));
    }
}
