package org.emperor.linux.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import org.emperor.jail.Protection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of a vassal's protection: what is on, what is off, and the line that decided it. */
class ProtectionsTest {
    private static final LinuxFacts NEW = TestHost.UNIFIED.with(new Confinement(true, 7));

    private static List<Protection> of(String lines, LinuxFacts facts) {
        return Protections.of(TestHost.spec("[vassal]\nexec = /a\n" + lines + "\n"), facts.toFacts());
    }

    private static String told(String name, String lines, LinuxFacts facts) {
        Protection found = of(lines, facts).stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing of " + name));
        String state = found.state().name().toLowerCase(Locale.ROOT);
        return state + " (" + found.detail() + ") " + found.why();
    }

    @Test
    void everythingIsToldOnceWhateverTheFileSays() {
        List<String> bare = of("", NEW).stream().map(Protection::name).toList();
        assertEquals(bare.size(), bare.stream().distinct().count());
        assertEquals(
                bare,
                of("jail-preset = strict", NEW).stream().map(Protection::name).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user|off (runs as root) write uid and gid, or add user to clone",
                "pid namespace|off () add pid to clone",
                "root directory|off (it sees the host's files) write pivot-root, namespace or chroot",
                "read-only|off () write read-only = true",
                "masked kernel files|off () write mask = default",
                "capabilities|off (has all, can gain all) write cap-keep",
                "no-new-privs|off (set-user-ID programs work) write no-new-privs = true",
                "seccomp|off (every system call goes through) write seccomp = default",
                "landlock|off () write landlock = default",
                "whole end|on (no process outlives the jail) cgroup v2 or a PID namespace",
                "processes|off (as many as the host has) write pids-max"
            })
    void plainVassalHasNothingAndIsToldWhatWouldChangeThat(String name, String told) {
        assertEquals(told, told(name, "", NEW));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user|on (runs as root, outside a user of its own) jail-preset = strict at api.ini:3:15",
                "pid namespace|on () jail-preset = strict at api.ini:3:15",
                "read-only|on () jail-preset = strict at api.ini:3:15",
                "masked kernel files|on () jail-preset = strict at api.ini:3:15",
                "no-new-privs|on () jail-preset = strict at api.ini:3:15",
                "seccomp|on (default) jail-preset = strict at api.ini:3:15",
                "landlock|on () jail-preset = strict at api.ini:3:15"
            })
    void presetIsNamedForWhatItTurnsOn(String name, String told) {
        assertEquals(told, told(name, "jail-preset = strict", NEW));
    }

    @Test
    void keyIsNamedBeforeThePreset() {
        String lines = "jail-preset = strict\nclone = pid\nseccomp = none\nprivate-tmp = false\ncap-keep = kill";
        assertEquals("on () clone at api.ini:4:9", told("pid namespace", lines, NEW));
        assertEquals("on () jail-preset = strict at api.ini:3:15", told("net namespace", lines, NEW));
        assertEquals("off (every system call goes through) seccomp at api.ini:5:11", told("seccomp", lines, NEW));
        assertEquals("off () private-tmp at api.ini:6:15", told("private-tmp", lines, NEW));
        assertEquals("on (has kill, can gain kill) cap-keep at api.ini:7:12", told("capabilities", lines, NEW));
    }

    @Test
    void lineOfTheNetworkIsNamedForItsNamespace() {
        assertEquals("on () net at api.ini:3:7", told("net namespace", "net = none", NEW));
        assertEquals("on () net at api.ini:4:7", told("net namespace", "jail-preset = strict\nnet = private", NEW));
        assertEquals("off () add net to clone", told("net namespace", "jail-preset = strict\nnet = host", NEW));
        String rooted = "namespace = /srv/a\njail-preset = strict\n";
        assertEquals(
                "on () namespace-net at api.ini:5:17", told("net namespace", rooted + "namespace-net = true", NEW));
        assertEquals("on () namespace at api.ini:3:13", told("pid namespace", rooted, NEW));
        assertEquals("on () jail-preset = strict at api.ini:4:15", told("user namespace", rooted, NEW));
    }

    @Test
    void rootInsideThatWritesAsTheHostsRootIsTold() {
        String mapped = "partly (runs as root, of the host where ids of files are mapped) ";
        assertEquals(
                mapped + "bind at api.ini:5:8",
                told("user", "jail-preset = strict\nbind = /a\nbind = /b:/c:idmap", NEW));
        assertEquals(
                mapped + "root-idmap at api.ini:5:14",
                told("user", "clone = user\nnamespace = /srv/a\nroot-idmap = true", NEW));
        assertEquals(
                "on (runs as root, outside a user of its own) jail-preset = strict at api.ini:3:15",
                told("user", "jail-preset = strict\nbind-ro = /b:/c:idmap", NEW),
                "who writes nothing does no harm");
    }

    @Test
    void userAndLimitsAreTold() {
        assertEquals("on (runs as www) uid at api.ini:3:7", told("user", "uid = www", NEW));
        assertEquals("on (at most 9) pids-max at api.ini:3:12", told("processes", "pids-max = 9", NEW));
        assertEquals(
                "on (has net_bind_service, can gain net_bind_service) cap at api.ini:4:7",
                told("capabilities", "uid = www\ncap = net_bind_service", NEW));
        assertEquals(
                "off (has all, can gain all) cap-keep at api.ini:3:12", told("capabilities", "cap-keep = all", NEW));
    }

    @Test
    void whatFollowsFromAnotherKeyIsTold() {
        assertEquals("on () seccomp and landlock need it", told("no-new-privs", "seccomp = default", NEW));
    }

    @Test
    void gapsOfAnOlderKernelAreTold() {
        assertEquals(
                "partly (version 2 of this kernel lets through: truncating files, ioctl of devices) landlock at api.ini:3:12",
                told("landlock", "landlock = ro:/", TestHost.UNIFIED));
        LinuxFacts none = TestHost.UNIFIED.with(new Confinement(true, 0));
        assertEquals("off () this kernel has no Landlock", told("landlock", "", none));
        assertEquals(
                "partly (a process that leaves its parents may) this host has no cgroup v2: add pid to clone",
                told("whole end", "", TestHost.BARE));
    }
}
