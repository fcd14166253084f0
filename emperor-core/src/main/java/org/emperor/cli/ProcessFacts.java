package org.emperor.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.time.Instant;
import org.emperor.lang.Surroundings.Facts;
import org.emperor.spec.Identity;

/** What magic variables say of this process and its host. */
final class ProcessFacts {
    private static final Path SELF = Path.of("/proc/self");

    private ProcessFacts() {}

    static Facts of(Identity self) {
        return new Facts(
                host(),
                BuildVersion.text(),
                binary(),
                Path.of("").toAbsolutePath().toString(),
                ProcessHandle.current().info().startInstant().orElseGet(Instant::now),
                Runtime.getRuntime().availableProcessors(),
                self.uid(),
                self.user(),
                self.gid(),
                group(self));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unresolved) { // then its text begins with the name
            String reason = String.valueOf(unresolved.getMessage());
            return reason.contains(":") ? reason.substring(0, reason.indexOf(':')) : reason;
        }
    }

    private static String binary() {
        return ProcessHandle.current().info().command().orElse("emperor");
    }

    /** The name that owns this process's own directory in /proc, proc(5). */
    private static String group(Identity self) {
        try {
            GroupPrincipal group = (GroupPrincipal) Files.getAttribute(SELF, "posix:group", LinkOption.NOFOLLOW_LINKS);
            return group.getName();
        } catch (IOException notLinux) {
            return Integer.toUnsignedString(self.gid());
        }
    }
}
