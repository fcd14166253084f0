package org.emperor.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.emperor.lang.FakeSurroundings;
import org.emperor.lang.Problem;
import org.emperor.migration.Migration.VassalText;
import org.emperor.spec.FewAccounts;
import org.emperor.spec.Form;
import org.emperor.spec.Option;
import org.emperor.spec.OptionTable;
import org.emperor.spec.Options;
import org.emperor.spec.Resource;
import org.emperor.spec.SpecReader;
import org.emperor.spec.SpecResult;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;

/** Converts, and has the result read by the reader of vassal files. */
final class Converted {
    static final OptionTable TABLE = new OptionTable(Options.portable(), linux(), Map.of());

    private Converted() {}

    /** Keys of Linux, which the core does not know; their own rules are tested there. */
    private static List<Option> linux() {
        List<Option> linux = new ArrayList<>();
        for (String key : List.of("clone", "ionice", "memory-max", "memory-high", "cpu-max", "cpuset-cpus")) {
            linux.add(Option.once(key, Form.TEXT, "", "A key."));
        }
        linux.add(Option.once("no-new-privs", Form.FLAG, "", "A flag."));
        linux.add(Option.once("cap", Form.TEXT, "", "Names."));
        linux.add(Option.once("cap-keep", Form.TEXT, "", "Names."));
        linux.add(Option.once("chroot", Form.PATH, "", "A root."));
        linux.add(Option.once("oom-score-adj", Form.NUMBER, "", "A score."));
        linux.add(Option.list("hook-as-root", Form.TEXT, "Actions."));
        linux.add(Options.limit(Resource.NICE));
        linux.add(Options.limit(Resource.RTTIME));
        return linux;
    }

    static Migration file(String name, String text) {
        return name.endsWith(".conf")
                ? Supervisord.convert(name, "/etc/here", text, TABLE)
                : SystemdUnit.convert(name, text, TABLE);
    }

    static Migration program(String lines) {
        return file("x.conf", "[program:x]\n" + lines);
    }

    static Migration service(String lines) {
        return file("x.service", "[Service]\n" + lines);
    }

    /** @throws AssertionError if there is not one vassal, or it is refused */
    static VassalSpec spec(Migration migration) {
        if (migration.vassals().size() != 1 || !migration.problems().isEmpty()) {
            throw new AssertionError(migration.toString());
        }
        return spec(migration.vassals().get(0));
    }

    static VassalSpec spec(VassalText vassal) {
        FakeSurroundings world = new FakeSurroundings()
                .file("/etc/default/web", "OPTIONS=-v\n")
                .variable("HOME", "/home/me")
                .variable("TOKEN", "it");
        SpecResult result = new SpecReader(TABLE, new FewAccounts(), List.of(), world)
                .read(
                        new VassalName(vassal.name()),
                        vassal.name() + ".ini",
                        vassal.text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        if (result instanceof SpecResult.Accepted accepted) {
            return accepted.spec();
        }
        throw new AssertionError(((SpecResult.Refused) result).problems() + "\n" + vassal.text());
    }

    static String told(List<Problem> problems) {
        StringBuilder text = new StringBuilder();
        problems.forEach(problem -> text.append(problem).append('\n'));
        return text.toString();
    }
}
