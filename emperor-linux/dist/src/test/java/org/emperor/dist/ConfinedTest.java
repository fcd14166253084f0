package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a daemon that is not root can take from its vassals, and what it says of it. */
@Tag("kernel")
class ConfinedTest {
    private static final String NOBODY = "nobody";
    private static final String STATUS = "exec = /bin/cat /proc/self/status";
    private static final String ONCE = "restart = never";

    private static Place place;
    private static RunningEmperor emperor;

    @BeforeAll
    static void start() {
        place = new Place();
        place.belongsTo(NOBODY);
        emperor = Lesser.start(place, "--reuid=" + NOBODY, "--regid=nogroup", "--clear-groups");
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    private static List<String> statusOf(String vassal, String... lines) {
        emperor.drop(vassal, lines);
        emperor.untilSaid(vassal, "nonvoluntary_ctxt_switches");
        List<String> said = place.output(vassal);
        emperor.dismiss(vassal);
        return said;
    }

    @Test
    void filtersAndRulesNeedNoRoot() {
        List<String> confined = statusOf("confined", STATUS, ONCE, "seccomp = default", "landlock = default");
        assertTrue(confined.contains("Seccomp:\t2"), confined.toString());
        assertTrue(confined.contains("NoNewPrivs:\t1"), confined.toString());
        List<String> plain = statusOf("plain", STATUS, ONCE);
        assertTrue(plain.contains("Seccomp:\t0"), plain.toString());
        assertTrue(plain.contains("NoNewPrivs:\t0"), plain.toString());
    }

    @Test
    void capabilitiesNeedAUserNamespace() {
        List<String> held = statusOf("held", STATUS, ONCE, "clone = user", "cap = net_bind_service");
        for (String set : List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")) {
            assertTrue(held.contains(set + ":\t0000000000000400"), held.toString());
        }
        emperor.drop("bare", STATUS, "cap = net_bind_service");
        JsonNode problem = emperor.problem("bare");
        assertEquals("cap", problem.get("key").textValue());
        assertEquals("needs an emperor that runs as root", problem.get("rule").textValue());
        emperor.remove("bare");
    }

    @Test
    void profileIsAPartOfTheVassalFile() {
        Path profile = place.path().resolve("profile.json");
        place.write(profile, "{\"defaultAction\": \"SCMP_ACT_ALOW\"}");
        emperor.drop("profiled", "exec = " + emperor.probe("heed", "stay"), "seccomp = " + profile);
        JsonNode problem = emperor.problem("profiled");
        assertEquals("seccomp", problem.get("key").textValue());
        assertEquals(3, problem.get("line").intValue());
        assertEquals(
                profile + ": defaultAction \"SCMP_ACT_ALOW\" is not supported; correct the profile",
                problem.get("rule").textValue());

        place.write(profile, "{\"defaultAction\": \"SCMP_ACT_ALLOW\"}");
        emperor.untilRunning("profiled");
        place.write(profile, "{\"defaultAction\": \"SCMP_ACT_LOG\"}");
        emperor.untilRunning("profiled", 2);
        emperor.dismiss("profiled");
    }

    @Test
    void securityOfAVassalIsToldByItsName() throws IOException {
        emperor.drop("told", "exec = " + emperor.probe("heed", "stay"), "seccomp = default");
        emperor.untilRunning("told");
        JsonNode report = new ObjectMapper()
                .readTree(said(
                        "security",
                        "told",
                        "--json",
                        "--state-dir",
                        place.state().toString()));
        assertEquals(place.file("told").toString(), report.get("file").textValue());
        JsonNode seccomp = protection(report, "seccomp");
        assertEquals("on", seccomp.get("state").textValue());
        assertEquals(
                "seccomp at " + place.file("told") + ":3:11", seccomp.get("why").textValue());
        assertEquals("off", protection(report, "landlock").get("state").textValue());
        emperor.dismiss("told");
    }

    private static JsonNode protection(JsonNode report, String name) {
        for (JsonNode protection : report.get("protections")) {
            if (protection.get("name").textValue().equals(name)) {
                return protection;
            }
        }
        throw new AssertionError("nothing of " + name + ": " + report);
    }

    private static String said(String... words) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of(Tree.launcher()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
