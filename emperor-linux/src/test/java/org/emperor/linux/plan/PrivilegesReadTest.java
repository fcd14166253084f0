package org.emperor.linux.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.emperor.jail.PlanRefusal;
import org.emperor.lang.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What files say of privileges, and what a host refuses of it where the key stands. */
class PrivilegesReadTest {
    private static final String PLAIN = "[vassal]\nexec = /a\n";
    private static final LinuxFacts NEW = TestHost.UNIFIED.with(new Confinement(true, 7));

    private static Privileges read(String lines) {
        return JailReader.read(TestHost.spec(PLAIN + lines + "\n").jail()).privileges();
    }

    private static String problems(String lines, LinuxFacts facts) {
        return LinuxPlanner.check(TestHost.spec(PLAIN + lines + "\n"), facts.toFacts(), TestHost.PAPER).stream()
                .map(Problem::toString)
                .collect(Collectors.joining("\n"));
    }

    private static LinuxFacts with(long capabilities, boolean root) {
        Means means = new Means(capabilities, 0, 0, 4, 4096, Map.of());
        return new LinuxFacts(Arch.X86_64, "6.1", root, true, true, Cgroups.unified("/cg"), 1 << 30, 4096, 38, means);
    }

    @Test
    void fileThatSaysNothingChangesNothing() {
        assertTrue(read("clone = pid").isUnchanged());
        assertTrue(read("jail-preset = none").isUnchanged());
        assertTrue(read("seccomp = none\nlandlock = none\nno-new-privs = no").isUnchanged());
    }

    @ParameterizedTest
    @CsvSource({
        "chown, 1",
        "CAP_CHOWN, 1",
        "0, 1",
        "'chown, net_bind_service', 401",
        "checkpoint_restore, 10000000000",
        "none, 0",
        "'default,sys_time', 820405fb",
        "all, 1ffffffffff"
    })
    void capabilitiesAreReadByNameNumberAndWord(String value, String set) {
        long kept = read("cap-keep = " + value).bounding(Capability.upTo(40));
        assertEquals(set, Long.toHexString(kept));
    }

    @Test
    void presetCountsWhereTheFileIsSilent() {
        Privileges strict = read("jail-preset = strict");
        assertEquals(Optional.of(CapabilityChoice.DEFAULT), strict.kept());
        assertEquals(Optional.of(SeccompProfile.DEFAULT), strict.seccomp());
        assertEquals(Optional.of(Landlock.usual(List.of())), strict.landlock());
        assertTrue(strict.noNewPrivs());
        Privileges loose =
                read("jail-preset = strict\ncap-keep = all\nseccomp = none\nlandlock = none\nno-new-privs = false");
        assertEquals(Optional.of(CapabilityChoice.ALL), loose.kept());
        assertEquals(Optional.empty(), loose.seccomp());
        assertEquals(Optional.empty(), loose.landlock());
        assertFalse(loose.noNewPrivs());
        assertTrue(read("jail-preset = compat").noNewPrivs());
        assertEquals(Optional.empty(), read("jail-preset = compat").kept());
    }

    @Test
    void filtersAndRulesetsBringNoNewPrivsAndCannotDoWithout() {
        assertTrue(read("seccomp = default").noNewPrivs());
        assertTrue(read("landlock = ro:/").noNewPrivs());
        assertEquals(
                "api.ini:4:16: no-new-privs: cannot be off beside seccomp or landlock, which need it (seccomp(2)); remove"
                        + " it, or write none for those two",
                problems("landlock = ro:/\nno-new-privs = off", NEW));
    }

    @Test
    void whatIsNotKnownIsNamed() {
        assertEquals(
                "api.ini:3:7: cap: unknown capability \"net_bnd\"; write names of capabilities(7) such as net_bind_service,"
                        + " their numbers, default, all or none\n"
                        + "api.ini:4:11: seccomp: no such profile; allowed: default, none, or the path of a profile, from"
                        + " /",
                problems("cap = net_bnd\nseccomp = strict", NEW));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wo:/|no such rule; allowed: none, default, ro:PATH, rw:PATH, bind:PORT, connect:PORT, scope:signals,"
                        + " scope:abstract-sockets",
                "ro:usr|\"usr\" is not an absolute path; write it as the jail sees it, from /",
                "bind:http|\"http\" is not a port; write 0 to 65535, or none for no port at all",
                "connect:65536|\"65536\" is not a port; write 0 to 65535, or none for no port at all",
                "scope:files|no such scope; allowed: signals, abstract-sockets"
            })
    void ruleOfLandlockThatIsNoneIsRefused(String value, String problem) {
        assertEquals("api.ini:3:12: landlock: " + problem, problems("landlock = " + value, NEW));
    }

    @Test
    void noneStandsAlone() {
        assertEquals(
                "api.ini:4:12: landlock: none stands beside other rules; remove it, or them",
                problems("landlock = ro:/\nlandlock = none", NEW));
    }

    @Test
    void capabilitiesNeedAnEmperorThatHasThem() {
        String asRoot = "needs an emperor that runs as root; run the emperor as root, or remove it";
        assertEquals("api.ini:3:7: cap: " + asRoot, problems("cap = kill", with(0, false)));
        assertEquals("api.ini:3:12: cap-keep: " + asRoot, problems("cap-keep = none", with(0, false)));
        assertEquals(
                "api.ini:3:12: cap-keep: needs an emperor that has CAP_SETPCAP; give it to the emperor, or remove cap-keep",
                problems("cap-keep = none", with(0, true)));
        long all = Capability.upTo(38);
        assertEquals(
                "api.ini:3:7: cap: is more than this emperor may give: it has no CAP_SYS_TIME; leave sys_time out",
                problems("cap = kill,sys_time", with(all & ~Capability.SYS_TIME.bit(), true)));
        assertEquals("", problems("cap-keep = default,kill", with(all & ~Capability.SYS_TIME.bit(), true)));
        assertEquals("", problems("clone = user\ncap = sys_time", with(0xc0, true)), "in a user namespace it has all");
    }

    @Test
    void capabilityThatTheKernelDoesNotKnowIsNamed() {
        assertEquals(
                "api.ini:3:7: cap: this kernel knows no capability CAP_BPF; leave bpf out\n"
                        + "api.ini:3:7: cap: this kernel knows no capability 60; leave 60 out",
                problems("cap = kill,bpf,60", with(-1L, true)));
        assertEquals("", problems("cap = all", with(-1L, true)));
    }

    @Test
    void usualRulesLetWriteWhatIsMountedToBeWritten() {
        String told = plan(
                "clone = fs\nlandlock = default\nbind = /srv/data\nbind-ro = /srv/assets\ntmpfs = /srv/cache:size=1m",
                7);
        assertTrue(told.contains("openat(AT_FDCWD, \"/srv/data\", O_PATH|O_CLOEXEC, 0)"), told);
        assertTrue(told.contains("openat(AT_FDCWD, \"/srv/cache\", O_PATH|O_CLOEXEC, 0)"), told);
        assertFalse(told.contains("openat(AT_FDCWD, \"/srv/assets\", O_PATH|O_CLOEXEC, 0)"), told);
    }

    @Test
    void kernelWithoutFiltersOrLandlockRefuses() {
        LinuxFacts bare = TestHost.UNIFIED.with(new Confinement(false, 0));
        assertEquals(
                "api.ini:3:11: seccomp: this kernel has no filters of system calls; write seccomp = none\n"
                        + "api.ini:4:12: landlock: this kernel has no Landlock; add landlock to the lsm= list of its command"
                        + " line (5.13 and later), or write landlock = none",
                problems("seccomp = default\nlandlock = ro:/", bare));
        assertTrue(
                problems("jail-preset = strict", bare).startsWith("api.ini:3:15: seccomp: this kernel has no filters"));
    }

    @Test
    void olderLandlockRefusesWhatItCannotDoAndTellsWhatItDoesNotCover() {
        assertEquals(
                "api.ini:3:12: landlock: this kernel's Landlock, version 3, has no ports; it came with 6.7; leave bind and"
                        + " connect out",
                problems("landlock = bind:80", TestHost.UNIFIED.with(new Confinement(true, 3))));
        assertEquals(
                "api.ini:3:12: landlock: this kernel's Landlock, version 5, has no scopes; they came with 6.12; leave scope"
                        + " out",
                problems("landlock = scope:signals", TestHost.UNIFIED.with(new Confinement(true, 5))));
        assertEquals("", problems("landlock = default", TestHost.UNIFIED.with(new Confinement(true, 1))));
        assertEquals(
                "truncating files, ioctl of devices, signals and abstract sockets",
                Landlock.usual(List.of()).gaps(2));
        assertEquals("", Landlock.usual(List.of()).gaps(6));
    }

    @Test
    void filterThatCannotBeCompiledRefusesTheFile() {
        Filters broken = request -> {
            throw new PlanRefusal("needs libseccomp; install it");
        };
        List<Problem> told = LinuxPlanner.check(TestHost.spec(PLAIN + "seccomp = default\n"), NEW.toFacts(), broken);
        assertEquals(1, told.size());
        assertEquals(
                "api.ini:3:11: seccomp: needs libseccomp; install it",
                told.get(0).toString());
    }

    @Test
    void rulesLeaveOutWhatAnOlderKernelDoesNotKnow() {
        String old = plan("landlock = rw:/srv\nlandlock = scope:signals", 6);
        assertTrue(old.contains("{handled_access_fs=0xffff, handled_access_net=0x0, scoped=0x2}, 24, 0)"), old);
        String older = plan("landlock = rw:/srv\nlandlock = connect:80", 4);
        assertTrue(older.contains("{handled_access_fs=0x7fff, handled_access_net=0x2, scoped=0x0}, 16, 0)"), older);
        String first = plan("landlock = default", 1);
        assertTrue(first.contains("{handled_access_fs=0x1fff, handled_access_net=0x0, scoped=0x0}, 8, 0)"), first);
        assertTrue(first.contains("{allowed_access=0x17bf, parent_fd=0}"), first);
    }

    private static String plan(String lines, int version) {
        LinuxFacts facts = TestHost.UNIFIED.with(new Confinement(true, version));
        return TestHost.plan(PLAIN + lines + "\n", facts).toString();
    }
}
