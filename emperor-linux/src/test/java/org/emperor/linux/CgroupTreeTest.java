package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.emperor.linux.plan.Cgroups;
import org.emperor.linux.plan.Control;
import org.emperor.linux.plan.Controller;
import org.emperor.linux.plan.LinuxFacts;
import org.emperor.linux.sys.Kernel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What trying finds out, in a directory that is no cgroup but has the files that are written to. */
@Tag("kernel")
class CgroupTreeTest {
    @TempDir
    Path tree;

    @Test
    void controllersAreEnabledForTheRealmAndNotForItsLeaves() throws IOException {
        Path asked = Files.createFile(tree.resolve("cgroup.subtree_control"));
        Cgroups opened = open(Cgroups.unified(tree.toString()));
        assertTrue(Files.readString(asked).startsWith("+pids"), "each by a write of its own");
        assertEquals(Control.UNIFIED, opened.control(Controller.MEMORY));
        assertTrue(Files.isDirectory(tree.resolve("emperor.test")));
        assertEquals(
                Set.of("memory.swap.max", "memory.oom.group", "cpu.max", "io.max", "io.weight", "io.bfq.weight"),
                opened.lacking());
    }

    @Test
    void controllerThatCannotBeEnabledIsGivenUpWithTheReason() {
        Cgroups opened = open(Cgroups.unified(tree.toString()));
        assertEquals(tree.toString(), opened.tree(), "jails have their leaves all the same");
        assertEquals(
                Control.none("the memory controller cannot be enabled: openat " + tree
                        + "/cgroup.subtree_control: ENOENT (no such file or directory)"),
                opened.control(Controller.MEMORY));
        assertEquals(Set.of(), opened.lacking(), "what is not there lacks nothing");
    }

    /** Enabling some would succeed, and no jail could be launched any more. */
    @Test
    void cgroupThatHoldsOthersHandsOnNoController() throws IOException {
        Path asked = Files.createFile(tree.resolve("cgroup.subtree_control"));
        Files.createFile(tree.resolve("cgroup.type"));
        Files.writeString(
                tree.resolve("cgroup.procs"), "1\n" + ProcessHandle.current().pid() + "\n");
        Cgroups opened = open(Cgroups.unified(tree.toString()));
        assertEquals(
                Control.none("the cpu controller cannot be enabled: other processes are in " + tree),
                opened.control(Controller.CPU));
        assertEquals("", Files.readString(asked));
        assertFalse(Files.exists(tree.resolve("emperor.test.self")), "moving aside would be for nothing");
    }

    @Test
    void emperorAloneMovesAsideBeforeItEnablesAnything() throws IOException {
        String self = Long.toString(ProcessHandle.current().pid());
        Files.createFile(tree.resolve("cgroup.subtree_control"));
        Files.createFile(tree.resolve("cgroup.type"));
        Files.writeString(tree.resolve("cgroup.procs"), self + "\n");
        Path aside = Files.createDirectory(tree.resolve("emperor.test.self"));
        Files.createFile(aside.resolve("cgroup.procs"));
        assertEquals(Control.UNIFIED, open(Cgroups.unified(tree.toString())).control(Controller.CPU));
        assertEquals(self, Files.readString(aside.resolve("cgroup.procs")));
    }

    @Test
    void treeThatCannotBeWrittenIsNotUsed() {
        Cgroups opened = open(Cgroups.unified(tree + "/gone"));
        assertEquals("", opened.tree());
        assertEquals(
                Control.none("the emperor may not make cgroups in " + tree + "/gone"), opened.control(Controller.PIDS));
    }

    @Test
    void legacyHierarchyIsLeftAloneUntilAVassalNeedsIt() {
        open(Cgroups.NONE.with(Controller.MEMORY, Control.legacy(tree.toString())));
        assertEquals(0, tree.toFile().listFiles().length);
    }

    private static Cgroups open(Cgroups found) {
        Kernel kernel = new Kernel(NativeFiles.find().library());
        return new CgroupTree(kernel, LinuxFacts.usual().with(found), "test")
                .open()
                .cgroups();
    }
}
