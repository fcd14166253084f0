package org.emperor.linux.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.emperor.lang.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileSystemReaderTest {

    private static JailSettings jail(String... lines) {
        return JailReader.read(TestHost.spec(file(lines)).jail());
    }

    private static FileSystemSettings files(String... lines) {
        return jail(lines).files();
    }

    private static String file(String... lines) {
        return "[vassal]\nexec = /a\n" + String.join("\n", lines) + "\n";
    }

    private static List<String> problems(LinuxFacts facts, String... lines) {
        return LinuxPlanner.check(TestHost.spec(file(lines)), facts.toFacts()).stream()
                .map(Problem::toString)
                .toList();
    }

    private static List<String> problems(String... lines) {
        return problems(TestHost.UNIFIED, lines);
    }

    @Test
    void fileThatSaysNothingHasNothing() {
        assertSame(FileSystemSettings.NONE, files("clone = fs,pid"));
        assertFalse(files("clone = fs", "jail-preset = none").isAny());
    }

    @Test
    void presetsAddTheirNamespacesToThoseOfClone() {
        assertEquals(
                EnumSet.of(Namespace.FS, Namespace.IPC, Namespace.UTS, Namespace.PID),
                EnumSet.copyOf(jail("jail-preset = compat").namespaces()));
        assertTrue(jail("jail-preset = standard").has(Namespace.CGROUP));
        assertTrue(jail("clone = net", "jail-preset = standard").has(Namespace.NET));
        assertEquals(
                EnumSet.complementOf(EnumSet.of(Namespace.TIME)),
                EnumSet.copyOf(jail("jail-preset = strict").namespaces()));
        assertEquals(
                Set.of(Namespace.NET), jail("clone = net", "jail-preset = none").namespaces());
    }

    @Test
    void everyPresetHasAllOfTheOneBefore() {
        for (int i = 1; i < Preset.values().length; i++) {
            Preset less = Preset.values()[i - 1];
            Preset more = Preset.values()[i];
            assertTrue(more.namespaces().containsAll(less.namespaces()));
            List<Boolean> has = switches(less);
            for (int k = 0; k < has.size(); k++) {
                assertTrue(!has.get(k) || switches(more).get(k), more + " lacks switch " + k + " of " + less);
            }
        }
    }

    private static List<Boolean> switches(Preset preset) {
        return List.of(
                preset.masksKernel(),
                preset.readOnly(),
                preset.privateTmp(),
                preset.privateRun(),
                preset.privateDev(),
                preset.hideProc(),
                preset.noNewPrivs(),
                preset.dropsCapabilities(),
                preset.seccomp(),
                preset.landlock(),
                preset.userNamespace());
    }

    @ParameterizedTest
    @CsvSource({"compat,false,true,false", "standard,true,true,false", "strict,true,true,true"})
    void presetTurnsItsSwitchesOn(String preset, boolean isPrivate, boolean masks, boolean hides) {
        FileSystemSettings files = files("jail-preset = " + preset);
        assertEquals(isPrivate, files.readOnly());
        assertEquals(isPrivate, files.privateTmp());
        assertEquals(isPrivate, files.privateRun());
        assertEquals(isPrivate, files.privateDev());
        assertEquals(masks, files.kernelMasks());
        assertEquals(hides, files.hideProc());
    }

    @Test
    void keyOfItsOwnCountsMoreThanThePresetWhereverItStands() {
        FileSystemSettings files =
                files("read-only = no", "private-tmp = off", "mask = none", "jail-preset = strict", "hide-proc = 0");
        assertFalse(files.readOnly());
        assertFalse(files.privateTmp());
        assertFalse(files.kernelMasks());
        assertFalse(files.hideProc());
        assertTrue(files.privateDev());
        assertTrue(files("clone = fs", "mask = default").kernelMasks());
    }

    @Test
    void mountsAreInTheOrderOfTheFile() {
        assertEquals(
                List.of(
                        new MountRequest.Bind("/a", "/a", false, false, false),
                        new MountRequest.Tmpfs("/b", "10%", "0755"),
                        new MountRequest.Bind("/c", "/d", true, false, false),
                        new MountRequest.Bind("/e", "/f", false, true, false),
                        new MountRequest.Tmpfs("/g", "64M", "1777"),
                        new MountRequest.Bind("/h", "/i", true, false, true),
                        new MountRequest.Bind("/h", "/j", false, true, true)),
                files(
                                "clone = fs,user",
                                "bind = /a",
                                "tmpfs = /b",
                                "bind-ro = /c:/d",
                                "bind = /e:/f:file",
                                "tmpfs = /g:size=64M,mode=1777",
                                "bind-ro = /h:/i:idmap",
                                "bind = /h:/j:idmap,file")
                        .mounts());
    }

    @Test
    void credentialHasTheNameOfItsFileUnlessGivenOneAndTurnsPrivateRunOn() {
        FileSystemSettings files =
                files("clone = fs", "credentials = /etc/app/key", "credentials = cert:/etc/app/c.pem");
        assertEquals(
                List.of(new Credential("key", "/etc/app/key"), new Credential("cert", "/etc/app/c.pem")),
                files.credentials());
        assertTrue(files.privateRun());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "/a/",
                "/a//b",
                "/a/../b",
                "/a/.",
                "/",
                "/a:b",
                "/a:/",
                "/a:/b:dir",
                "/a:/b:file:x",
                "/a:/b:",
                "/a:/b:file,"
            })
    void pathThatIsNotPlainIsRefused(String value) {
        assertEquals(1, problems("clone = fs", "bind = " + value).size());
    }

    @Test
    void idmapCountsOnlyInAUserNamespace() {
        assertEquals(
                List.of("api.ini:4:8: bind: idmap counts only in a user namespace; add user to clone, or remove idmap"),
                problems("clone = fs", "bind = /a:/b:idmap"));
        assertEquals(List.of(), problems("clone = fs,user", "bind = /a:/b:idmap"));
    }

    @Test
    void mappedBindsAreBounded() {
        List<String> lines = new ArrayList<>(List.of("clone = fs,user"));
        lines.addAll(Collections.nCopies(128, "bind = /a:/b:idmap"));
        assertEquals(List.of(), problems(lines.toArray(String[]::new)));
        lines.add("bind = /a:/b:idmap");
        assertEquals(
                List.of("api.ini:132:8: bind: no more than 128 binds can have idmap; bind what is above them"),
                problems(lines.toArray(String[]::new)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a:size=0", "/a:size=big", "/a:mode=8", "/a:mode=", "/a:exec", "/a:", "a", "/"})
    void tmpfsOutOfShapeIsRefused(String value) {
        assertEquals(1, problems("clone = fs", "tmpfs = " + value).size());
    }

    @Test
    void everyProblemIsToldWithItsPlaceAndRemedy() {
        assertEquals(
                List.of(
                        "api.ini:3:15: jail-preset: no such preset; allowed: none, compat, standard, strict",
                        "api.ini:4:8: bind: is not SOURCE, SOURCE:TARGET or SOURCE:TARGET:OPTIONS, with file, idmap or both;"
                                + " write one of these",
                        "api.ini:5:9: tmpfs: unknown option \"exec\"; write size=64M or mode=0755",
                        "api.ini:6:8: mask: / itself is no place for it; write a directory below it, or use pivot-root",
                        "api.ini:7:15: credentials: \"a b\" is no name of a credential; write letters, digits, - . _",
                        "api.ini:9:15: credentials: a second credential \"key\"; write another NAME:SOURCE",
                        "api.ini:10:15: private-run: credentials are in a /run of the jail's own; remove it"),
                problems(
                        "jail-preset = strickt",
                        "bind = /a:/b:/c",
                        "tmpfs = /a:exec",
                        "mask = /",
                        "credentials = a b:/key",
                        "credentials = /etc/key",
                        "credentials = key:/other",
                        "private-run = off",
                        "clone = fs"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "read-only = on",
                "private-tmp = on",
                "private-run = on",
                "private-dev = on",
                "hide-proc = on",
                "bind = /a",
                "bind-ro = /a",
                "tmpfs = /a",
                "mask = /a",
                "mask = default",
                "credentials = /a"
            })
    void whatWouldChangeTheHostNeedsANamespace(String line) {
        List<String> problems = problems(line);
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.get(0).endsWith("would change the host without a namespace of its own; add fs to clone"));
        assertEquals(List.of(), problems(line, "jail-preset = compat"));
        assertEquals(List.of(), problems(line, "clone = fs"));
    }

    @Test
    void switchThatIsOffNeedsNothing() {
        assertEquals(List.of(), problems("read-only = no", "mask = none", "jail-preset = none"));
    }

    @Test
    void hidingProcInAUserNamespaceNeedsAPidNamespace() {
        assertEquals(1, problems("clone = fs,user", "hide-proc = yes").size());
        assertEquals(List.of(), problems("clone = fs,user,pid", "hide-proc = yes"));
    }

    @Test
    void kernelWithoutFlagsForDetachedMountsIsRefused() {
        List<String> problems = problems(TestHost.CONTAINER, "jail-preset = standard", "bind = /a");
        assertEquals(
                List.of(
                        "api.ini:3:15: jail-preset: needs Linux 5.12, and this host has 5.10; use hooks with mount:",
                        "api.ini:4:8: bind: needs Linux 5.12, and this host has 5.10; use hooks with mount:"),
                problems);
    }

    @Test
    void emperorThatIsNotRootIsToldThatThePresetNeedsIt() {
        assertEquals(
                List.of(
                        "api.ini:3:15: jail-preset: needs CAP_SYS_ADMIN, which this emperor has not; add user to clone, or"
                                + " run the emperor as root, or remove it"),
                problems(TestHost.NOT_ROOT, "jail-preset = compat"));
    }
}
