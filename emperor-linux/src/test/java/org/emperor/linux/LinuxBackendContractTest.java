package org.emperor.linux;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.emperor.jail.Host;
import org.emperor.jail.HostSettings;
import org.emperor.jail.IdRange;
import org.emperor.jail.JailBackend;
import org.emperor.jail.JailBackendContract;
import org.emperor.linux.plan.LinuxFacts;
import org.emperor.realm.Moment;
import org.emperor.spec.VassalSpec;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every backend, kept by Linux in every kind of jail. */
@Tag("kernel")
class LinuxBackendContractTest {

    @Nested
    class WithoutNamespaces extends Kept {
        WithoutNamespaces() {
            super("");
        }
    }

    @Nested
    class InAPidNamespace extends Kept {
        InAPidNamespace() {
            super("pid");
        }
    }

    @Nested
    class InFiveNamespaces extends Kept {
        InFiveNamespaces() {
            super("fs,net,ipc,uts,pid");
        }
    }

    @Nested
    class InEveryNamespace extends Kept {
        InEveryNamespace() {
            super("fs,net,ipc,uts,pid,user,cgroup");
        }
    }

    /** As in a container engine that refuses clone3. */
    @Nested
    class WithTheOldClone extends Kept {
        WithTheOldClone() {
            super("fs,net,ipc,uts,pid,user,cgroup", LinuxFacts::withoutClone3);
        }
    }

    /** As on a host that does not let a clone go into a cgroup. */
    @Nested
    class JoiningItsCgroupLate extends Kept {
        JoiningItsCgroupLate() {
            super("", LinuxFacts::withoutIntoCgroup);
        }
    }

    /** As in a container whose cgroup tree is read-only. */
    @Nested
    class WithoutCgroups extends Kept {
        WithoutCgroups() {
            super("", facts -> facts.withoutCgroups().withoutClone3());
        }
    }

    abstract static class Kept extends JailBackendContract {
        private final String clone;
        private final UnaryOperator<LinuxFacts> less;
        private Host host;

        @TempDir
        Path state;

        Kept(String clone) {
            this(clone, facts -> facts);
        }

        /** @param less what the host is to be without */
        Kept(String clone, UnaryOperator<LinuxFacts> less) {
            this.clone = clone;
            this.less = less;
        }

        @Override
        protected JailBackend open() throws Exception {
            Files.createDirectories(state.resolve("vassals"));
            host = openHost();
            return host.backend();
        }

        private Host openHost() {
            String realmId = String.format("%08x", state.hashCode());
            HostSettings settings = new HostSettings(state, realmId, name -> new IdRange(0x10000000, 65536));
            return LinuxHost.open(settings, less.apply(HostProbe.probe()));
        }

        @Override
        protected void closeHost() {
            host.close();
            openHost().close(); // ends what a test left running, as the next emperor would
        }

        @Override
        protected Moment now() {
            return host.now();
        }

        @Override
        protected VassalSpec spec(String name, String... argv) {
            return Sample.of(name).exec(argv).jail("clone", clone).spec();
        }
    }
}
