package org.emperor.spec;

import static org.emperor.spec.SpecReaderFixture.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstancesTest {
    private static final String WEB = "[vassal]\nexec = /bin/web %(vassal) %(instance)\n";

    private static SpecResult read(String name, String content) {
        return SpecReaderFixture.reader()
                .read(new VassalName(name), name + ".ini", content.getBytes(StandardCharsets.UTF_8));
    }

    private static List<VassalSpec> accepted(String name, String content) {
        return assertInstanceOf(SpecResult.Accepted.class, read(name, content)).vassals();
    }

    private static List<String> argv(VassalSpec vassal) {
        return vassal.program().argv();
    }

    @ParameterizedTest
    @CsvSource({
        "web,,false",
        "web@,,true",
        "web@a,a,false",
        "web@a@b,a@b,false",
        "web@a@,a@,false",
        "web@@,@,false",
        "@,,false",
        "@a,,false"
    })
    void nameTellsTheInstanceAndTheTemplate(String name, String instance, boolean template) {
        assertEquals(Optional.ofNullable(instance), new VassalName(name).instance());
        assertEquals(template, new VassalName(name).isTemplate());
    }

    @Test
    void smallFileDoesNotBecomeManyMegabytes() {
        String big = "big = " + "x".repeat(100_000) + "\n";
        SpecResult result = SpecReaderFixture.read(
                "[vassal]\nexec = /bin/true\ninstances = 1000\n" + big + "env = A=%(instance)%(big)\nenv = B=%(big)\n");
        assertEquals(
                "web.ini:3:13: instances: makes more than 16 MiB of values in all; write fewer",
                ((SpecResult.Refused) result).problems().get(0).toString());
    }

    @Test
    void instanceOfATemplateKnowsItsNames() {
        assertEquals(
                List.of("/bin/web", "web@north", "north"),
                argv(accepted("web@north", WEB).get(0)));
    }

    @Test
    void templateThatIsIncludedIsThatOfTheInstance() {
        String small = "[vassal]\ninclude = /etc/web@.ini\nnice = 1\n";
        assertEquals(
                List.of("/bin/web", "web@a", "a"), argv(accepted("web@a", small).get(0)));
    }

    @Test
    void plainVassalHasANameAndNoInstance() {
        assertEquals(
                List.of("/bin/x", "web"),
                argv(accepted("web", "[vassal]\nexec = /bin/x %(vassal)\n").get(0)));
        assertEquals(
                "web.ini:2:27: exec: %(instance) is not defined; define it with set-ph = instance=VALUE, or write %%("
                        + " for %(",
                problems(read("web", WEB)));
    }

    @Test
    void lineOfTheFileComesBeforeWhatTheEmperorSays() {
        String own = "[vassal]\nexec = /bin/x %(instance) %(vassal)\ninstance = mine\nvassal = too\n";
        assertEquals(
                List.of("/bin/x", "mine", "too"), argv(accepted("web@a", own).get(0)));
    }

    @Test
    void fileWithInstancesIsThatManyVassals() {
        List<VassalSpec> vassals = accepted("web", WEB + "instances = 3\nenv = PORT=%(instance + 8000)\n");
        assertEquals(
                List.of("web@1", "web@2", "web@3"),
                vassals.stream().map(vassal -> vassal.name().text()).toList());
        assertEquals(List.of("/bin/web", "web@3", "3"), argv(vassals.get(2)));
        assertEquals("8003", vassals.get(2).program().environment().get("PORT"));
        assertEquals("web.ini", vassals.get(2).file());
    }

    @Test
    void numberOfInstancesMayDependOnTheFileAndIsNoPartOfWhatEachMeans() {
        String some = "[vassal]\nexec = /bin/true\nnumber = 2\ninstances = %(number)\n";
        List<VassalSpec> two = accepted("web", some);
        List<VassalSpec> three = accepted("web", some.replace("= 2", "= 3"));
        assertEquals(two.get(1).digest(), three.get(1).digest());
        assertNotEquals(two.get(0).digest(), two.get(1).digest(), "of the same content but two vassals");
    }

    @Test
    void conditionOnTheInstanceIsOfThatOneOnly() {
        String plain = "[vassal]\nexec = /bin/true\ninstances = 3\n";
        List<VassalSpec> before = accepted("web", plain);
        List<VassalSpec> after = accepted("web", plain + "if-opt = instance=2\nnice = 5\nendif =\n");
        assertEquals(before.get(0).digest(), after.get(0).digest());
        assertNotEquals(before.get(1).digest(), after.get(1).digest());
        assertEquals(before.get(2).digest(), after.get(2).digest());
    }

    @Test
    void boundsAreKept() {
        assertEquals(1, accepted("web", WEB + "instances = 1\n").size());
        assertEquals(1000, accepted("web", WEB + "instances = 1000\n").size());
    }

    @Test
    void manyInstancesOfManySettingsAreRefusedBeforeTheyFillMemory() {
        String large = WEB + "instances = 11\nfor-times = 10000\nenv = V%(_)=x\nendfor =\n";
        assertEquals(
                "web.ini:3:13: instances: makes more than 100000 settings in all; write fewer",
                problems(read("web", large)));
    }

    @Test
    void instanceHasNoInstancesOfItsOwn() {
        assertEquals(
                "web@a.ini:3:13: instances: an instance has none of its own; remove it",
                problems(read("web@a", WEB + "instances = 2\n")));
    }

    @Test
    void nameThatWouldBecomeTooLongIsRefused() {
        String name = "x".repeat(62);
        assertEquals(9, accepted(name, WEB + "instances = 9\n").size());
        assertEquals(
                name + ".ini:3:13: instances: makes names of more than 64 characters; give the file a shorter name",
                problems(read(name, WEB + "instances = 10\n")));
    }
}
