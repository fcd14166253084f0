package org.emperor.linux;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.emperor.jail.Host;
import org.emperor.jail.HostSettings;
import org.emperor.jail.IdRange;
import org.emperor.jail.JailBackend;
import org.emperor.jail.JailBackendContract;
import org.emperor.lang.Position;
import org.emperor.lang.Setting;
import org.emperor.realm.Moment;
import org.emperor.spec.Life;
import org.emperor.spec.Limits;
import org.emperor.spec.Program;
import org.emperor.spec.Signal;
import org.emperor.spec.VassalName;
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

    abstract static class Kept extends JailBackendContract {
        private final String clone;
        private Host host;

        @TempDir
        Path state;

        Kept(String clone) {
            this.clone = clone;
        }

        @Override
        protected JailBackend open() throws Exception {
            Files.createDirectories(state.resolve("vassals"));
            host = openHost();
            return host.backend();
        }

        private Host openHost() {
            String realmId = String.format("%08x", state.hashCode());
            return new LinuxPlatform().open(new HostSettings(state, realmId, name -> new IdRange(0x10000000, 65536)));
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
            List<Setting> jail =
                    clone.isEmpty() ? List.of() : List.of(new Setting("clone", clone, Position.of("test")));
            return new VassalSpec(
                    new VassalName(name),
                    name + ".ini",
                    new Program(Arrays.asList(argv), Optional.empty(), Map.of(), Program.Init.RESIDENT),
                    new LinuxPlatform().accounts().self(),
                    new Life(
                            Signal.TERM,
                            Duration.ofSeconds(1),
                            true,
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(5),
                            true),
                    new Limits(OptionalLong.empty()),
                    jail,
                    "digest");
        }
    }
}
