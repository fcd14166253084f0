package org.emperor.linux.plan;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.emperor.jail.JailPlan;
import org.emperor.jail.Seat;
import org.emperor.lang.FakeSurroundings;
import org.emperor.lang.Setting;
import org.emperor.spec.Accounts;
import org.emperor.spec.Identity;
import org.emperor.spec.OptionTable;
import org.emperor.spec.Options;
import org.emperor.spec.Resource;
import org.emperor.spec.SpecReader;
import org.emperor.spec.SpecResult;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;

/** Hosts and accounts that exist only in these tests. */
final class TestHost {
    static final Means POOR = new Means(0, 0, 100, 4, 4096, Map.of(Resource.NOFILE, 1024L, Resource.CORE, 0L));
    static final long MEMORY = 1L << 33;
    static final LinuxFacts UNIFIED =
            new LinuxFacts(Arch.X86_64, "6.1", true, true, true, Cgroups.unified("/cg"), MEMORY, 524288, 40, Means.ALL);
    static final LinuxFacts HYBRID =
            new LinuxFacts(Arch.X86_64, "6.1", true, true, true, hybrid(), MEMORY, 20000, 40, Means.ALL);
    static final LinuxFacts CONTAINER = new LinuxFacts(
            Arch.X86_64, "5.10", true, false, false, Cgroups.unified("/cg"), MEMORY, 1048576, 40, Means.ALL);
    static final LinuxFacts BARE =
            new LinuxFacts(Arch.X86_64, "6.1", true, true, true, Cgroups.NONE, MEMORY, 1024, 40, Means.ALL);
    static final LinuxFacts NOT_ROOT =
            new LinuxFacts(Arch.AARCH64, "6.1", false, true, true, Cgroups.NONE, MEMORY, 1024, 40, POOR);

    /** A v2 tree without controllers, and those in v1 hierarchies, cpu and cpuacct in one. */
    private static Cgroups hybrid() {
        SortedMap<String, String> hierarchies = new TreeMap<>();
        Map<Controller, Control> controls = new EnumMap<>(Controller.class);
        for (Controller controller : Controller.values()) {
            String mount = controller == Controller.CPU ? "/cg/cpu,cpuacct" : "/cg/" + controller.legacyWord();
            hierarchies.put(controller.legacyWord(), mount);
            controls.put(controller, Control.legacy(mount));
        }
        hierarchies.put("cpuacct", "/cg/cpu,cpuacct");
        hierarchies.put("freezer", "/cg/freezer");
        return new Cgroups("/cg/unified", controls, Set.of(), "0-3", "0", hierarchies);
    }

    /** Compiles every profile to one instruction that allows everything. */
    static final Filters PAPER = request -> List.of(new Filters.Filter(
            new byte[] {6, 0, 0, 0, 0, 0, (byte) 0xff, 0x7f}, request.profile().name()));

    private static final Accounts ACCOUNTS = new Accounts() {
        @Override
        public Optional<Identity> user(String name) {
            if (name.equals("www")) {
                return Optional.of(new Identity("www", 33, 33, List.of(33, 100), "/var/www", "/bin/sh"));
            }
            if (!Character.isDigit(name.charAt(0))) {
                return Optional.empty();
            }
            int uid = Integer.parseInt(name);
            return Optional.of(new Identity(name, uid, uid, List.of(uid), "/", "/bin/sh"));
        }

        @Override
        public OptionalInt group(String name) {
            return OptionalInt.of(Integer.parseInt(name));
        }

        @Override
        public Identity self() {
            return new Identity("root", 0, 0, List.of(0), "/root", "/bin/bash");
        }
    };

    private TestHost() {}

    static SpecResult read(String ini) {
        return reader().read(new VassalName("api"), "api.ini", ini.getBytes(StandardCharsets.UTF_8));
    }

    /** What counts for an accepted file. */
    static List<Setting> settings(String ini) {
        return reader().settings(new VassalName("api"), "api.ini", ini.getBytes(StandardCharsets.UTF_8));
    }

    private static SpecReader reader() {
        OptionTable table = new OptionTable(Options.portable(), LinuxOptions.table(), Map.of());
        return new SpecReader(table, ACCOUNTS, List.of(), new FakeSurroundings());
    }

    static VassalSpec spec(String ini) {
        SpecResult result = read(ini);
        if (result instanceof SpecResult.Accepted accepted) {
            return accepted.spec();
        }
        throw new AssertionError(result);
    }

    static JailPlan plan(String ini, LinuxFacts facts) {
        return LinuxPlanner.plan(spec(ini), facts.toFacts(), seat(), PAPER);
    }

    /** Of what is done on the host around it, by when that is. */
    static Map<String, JailPlan> errands(String ini, LinuxFacts facts) {
        return ErrandPlanner.preview(spec(ini), facts.toFacts(), seat());
    }

    private static Seat seat() {
        return Seat.preview(new VassalName("api"), Path.of("/run/emperor"));
    }
}
