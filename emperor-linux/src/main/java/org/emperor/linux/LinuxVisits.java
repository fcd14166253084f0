package org.emperor.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.emperor.jail.JailGone;
import org.emperor.jail.PlanRefusal;
import org.emperor.jail.Visit;
import org.emperor.jail.VisitEnd;
import org.emperor.jail.Visits;
import org.emperor.linux.plan.NamespaceFile;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.SyscallException;

/** Jails of this host, seen and entered by {@code /proc}. */
final class LinuxVisits implements Visits {

    @Override
    public SortedMap<String, Long> namespaces(long pid) {
        SortedMap<String, Long> numbers = new TreeMap<>();
        for (NamespaceFile namespace : NamespaceFile.values()) {
            number(pid, namespace).ifPresent(number -> numbers.put(namespace.toString(), number));
        }
        return numbers;
    }

    /** Empty if the process has ended or belongs to somebody else, or if this kernel has none of the kind. */
    private static Optional<Long> number(long pid, NamespaceFile namespace) {
        try {
            String link = Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/" + namespace))
                    .toString(); // net:[4026531840]
            return Optional.of(Long.valueOf(link.substring(link.indexOf('[') + 1, link.length() - 1)));
        } catch (IOException hidden) {
            return Optional.empty();
        }
    }

    @Override
    public VisitEnd enter(Visit visit) {
        NativeFiles natives = NativeFiles.find();
        Kernel kernel = new Kernel(natives.library());
        try (StandingJail jail = StandingJail.find(kernel, visit)) {
            return enter(jail, () -> new VisitRun(kernel, natives.jailInit(), visit, jail));
        } catch (SyscallException e) {
            throw new PlanRefusal(String.valueOf(e.getMessage()));
        }
    }

    /** Whatever fails in a jail that ends, it is its end that counts. */
    private static VisitEnd enter(StandingJail jail, Supplier<VisitRun> begin) {
        try (VisitRun run = begin.get()) {
            return run.toEnd();
        } catch (SyscallException | PlanRefusal e) {
            if (jail.hasEnded()) {
                throw new JailGone(e);
            }
            throw e;
        }
    }
}
