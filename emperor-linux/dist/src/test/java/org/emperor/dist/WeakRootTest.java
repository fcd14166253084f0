package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Root without CAP_SYS_ADMIN, as in a container of an engine's usual rights. */
@Tag("kernel")
class WeakRootTest {
    private static RunningEmperor emperor;

    @BeforeAll
    static void start() {
        emperor = Lesser.start(new Place(), "--bounding-set=-sys_admin,-sys_chroot", "--inh-caps=-all");
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    @ParameterizedTest
    @CsvSource({
        "clone = fs, clone, 'needs CAP_SYS_ADMIN, which this emperor has not'",
        "namespace = /srv, namespace, 'needs CAP_SYS_ADMIN, which this emperor has not'",
        "chroot = /srv, chroot, 'needs CAP_SYS_CHROOT, which this emperor has not'"
    })
    void whatNeedsTheRightIsRefusedByName(String line, String key, String rule) {
        emperor.drop("jailed", "exec = " + emperor.probe("line:7", "stay"), line);

        JsonNode problem = emperor.problem("jailed");
        assertEquals(key, problem.get("key").textValue());
        assertEquals(3, problem.get("line").intValue());
        assertEquals(rule, problem.get("rule").textValue());
        assertTrue(emperor.vassal("jailed").isEmpty(), "it is not tried again and again");
        assertEquals(List.of(), emperor.place().output("jailed"));
        emperor.remove("jailed");
        emperor.until("its refusal is forgotten", () -> emperor.refused().isEmpty());
    }

    @Test
    void otherUsersNeedNoMoreThanItHas() {
        emperor.drop("user", "exec = " + emperor.probe("report", "stay"), "uid = www-data");
        Report report = emperor.report("user");

        assertEquals(List.of("33", "33", "33"), report.list("uids"));
        assertEquals(List.of("33"), report.list("groups"));
        emperor.dismiss("user");
    }

    @Test
    void userNamespaceOwnsTheOthersAndHasTheRightItself() {
        emperor.drop(
                "mapped",
                "exec = " + emperor.probe("mount:/mnt", "report", "stay"),
                "clone = fs,net,ipc,uts,pid,user",
                "hostname = inside");
        Report report = emperor.report("mapped");

        emperor.untilSaid("mapped", "mount: 0");
        assertEquals("inside", report.text("hostname"));
        assertEquals(List.of("0", "0", "0"), report.list("uids"));
        emperor.dismiss("mapped");
    }
}
