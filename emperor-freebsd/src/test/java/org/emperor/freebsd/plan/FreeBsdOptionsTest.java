package org.emperor.freebsd.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.emperor.lang.FakeSurroundings;
import org.emperor.lang.Problem;
import org.emperor.spec.Accounts;
import org.emperor.spec.Identity;
import org.emperor.spec.Option;
import org.emperor.spec.OptionTable;
import org.emperor.spec.Options;
import org.emperor.spec.SpecReader;
import org.emperor.spec.SpecResult;
import org.emperor.spec.VassalName;
import org.junit.jupiter.api.Test;

class FreeBsdOptionsTest {
    private static final OptionTable TABLE = new OptionTable(Options.portable(), FreeBsdOptions.table(), Map.of());
    private static final String VASSAL = """
            [vassal]
            exec = /bin/sleep 60
            jail2 = path=/jails/web
            jail2 = host.hostname=web
            jail_ip4 = 127.0.0.2
            jail-ip4 = 127.0.0.3
            jail2 = allow.mount
            """;

    @Test
    void nothingBuildsTheseJailsYetAndTheFileIsToldSo() {
        List<String> problems = problems(read(TABLE, VASSAL));
        assertEquals(5, problems.size());
        assertEquals("web.ini:3: jail2: not supported yet; remove it, and what relies on it", problems.get(0));
    }

    @Test
    void whatCanBeSaidOnceIsRefusedTwiceAndEmptyValuesAreRefused() {
        List<String> problems =
                problems(read(TABLE, "[vassal]\nexec = x\njail = /a 'b c'\njail = /d\njidfile =\nlibjail =\n"));
        assertTrue(problems.contains("web.ini:4: jail: given twice; first on line 3"), problems.toString());
        assertTrue(problems.contains("web.ini:5: jidfile: has no value; write one after ="), problems.toString());
        assertTrue(problems.contains("web.ini:6: libjail: has no value; write one after ="), problems.toString());
    }

    @Test
    void otherPlatformsRefuseTheseKeysByName() {
        Map<String, String> foreign =
                FreeBsdOptions.table().stream().collect(Collectors.toMap(Option::key, Option::platform));
        List<String> problems = problems(read(new OptionTable(Options.portable(), List.of(), foreign), VASSAL));
        assertEquals(5, problems.size());
        assertEquals("web.ini:5: jail-ip4: works on FreeBSD only; remove it", problems.get(2));
    }

    @Test
    void keysAreWrittenAsAllKeysAreAndExplained() {
        for (Option option : FreeBsdOptions.table()) {
            assertTrue(option.key().matches("[a-z0-9]+(-[a-z0-9]+)*"), option.key());
            assertTrue(option.meaning().endsWith("."), option.key());
        }
    }

    private static SpecResult read(OptionTable table, String content) {
        return new SpecReader(table, new OnlyRoot(), List.of(), new FakeSurroundings())
                .read(new VassalName("web"), "web.ini", content.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> problems(SpecResult result) {
        return ((SpecResult.Refused) result)
                .problems().stream().map(Problem::toString).toList();
    }

    private record OnlyRoot() implements Accounts {
        @Override
        public Optional<Identity> user(String nameOrNumber) {
            return Optional.empty();
        }

        @Override
        public OptionalInt group(String nameOrNumber) {
            return OptionalInt.empty();
        }

        @Override
        public Identity self() {
            return new Identity("root", 0, 0, List.of(0), "/root", "/bin/sh");
        }
    }
}
