package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.emperor.jail.JailGone;
import org.emperor.jail.Visit;
import org.emperor.realm.IncarnationId;
import org.emperor.spec.Identity;
import org.emperor.spec.VassalName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel")
class LinuxVisitsTest {
    private static Visit visit(long emperor, long pid) {
        Identity root = new Identity("root", 0, 0, List.of(0), "/root", "/bin/sh");
        IncarnationId web = new IncarnationId(new VassalName("web"), 1);
        return new Visit(emperor, "11112222", Path.of("/run"), web, (int) pid, List.of("id"), root, true, false, true);
    }

    @Test
    void jailOfAProgramThatHasEndedIsGone() throws Exception {
        Process program = new ProcessBuilder("/bin/true").start();
        program.waitFor();
        assertThrows(JailGone.class, () -> new LinuxVisits().enter(visit(1, program.pid())));
    }

    @Test
    void jailWhoseProgramsNumberIsAnothersIsGone() throws Exception {
        Process other = new ProcessBuilder("/bin/sleep", "1000").start();
        try {
            assertThrows(JailGone.class, () -> new LinuxVisits().enter(visit(1, other.pid())));
        } finally {
            other.destroyForcibly().waitFor();
        }
    }
}
