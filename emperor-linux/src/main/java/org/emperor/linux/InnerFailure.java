package org.emperor.linux;

import org.emperor.jail.JailPlan;
import org.emperor.jail.Step;
import org.emperor.linux.sys.ControlSocket.Report;
import org.emperor.linux.sys.Errno;
import org.jspecify.annotations.Nullable;

/** How a person reads that a step inside the jail failed; {@link StepFailure} is that of one outside. */
final class InnerFailure {
    private InnerFailure() {}

    static String text(@Nullable JailPlan plan, Report report) {
        if (plan == null) {
            return "step ?: " + report.why();
        }
        boolean executes = plan.step(report.step()).flags().contains(Step.Flag.EXEC);
        return "step " + plan.stepName(report.step()) + ": " + report.why() + (executes ? hint(report.errno()) : "");
    }

    /** What an errno of execve(2) may mean besides its name, for operators who see the program there. */
    private static String hint(int errno) {
        if (errno == Errno.ENOENT.number()) {
            return "; the program, or the interpreter or loader that it names, is not there";
        }
        if (errno == Errno.EACCES.number()) {
            return "; it is a directory, cannot be reached or executed by this user, or is on a file system mounted noexec";
        }
        return "";
    }
}
