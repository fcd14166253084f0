package org.emperor.spec;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.emperor.lang.Language;
import org.emperor.lang.Position;
import org.emperor.lang.Problem;
import org.emperor.lang.Question;
import org.emperor.lang.Reading;
import org.emperor.lang.Setting;
import org.emperor.lang.Surroundings;

/** Reads vassal files: the content of one file becomes a spec, or all that is wrong with it. */
public final class SpecReader {
    /** As much as a plan can hold. */
    private static final int HEAVIEST = 1 << 20;

    /** Where a setting stands that nobody wrote. */
    public static final Position USUAL = Position.of("default");

    private static final String SECTION = "vassal";
    private static final String UWSGI = "uwsgi";
    private static final String NO_PROTOCOL = "a uWSGI vassal: not supported yet: the emperor protocol";

    private final OptionTable table;
    private final IdentityReader identities;
    private final List<Setting> defaults;
    private final Surroundings surroundings;

    /**
     * @param defaults settings of the daemon, such as the namespaces of {@code emperor-use-clone}; those of a key count
     *     where the file does not have that key, and hooks before those of the file
     * @param surroundings what the files may ask about: other files, the environment, the host
     */
    public SpecReader(OptionTable table, Accounts accounts, List<Setting> defaults, Surroundings surroundings) {
        this.table = table;
        this.identities = new IdentityReader(accounts);
        this.defaults = List.copyOf(defaults);
        this.surroundings = surroundings;
    }

    /** Looks into other files where the content says so; its own path is for messages, and for what lies beside it. */
    public SpecResult read(VassalName name, String file, byte[] content) {
        Reading reading = reading(name, file, content);
        return reading.keys().contains(Options.INSTANCES)
                ? new Instances(name, file, one -> vassal(one, file, reading(one, file, content))).read(reading)
                : vassal(name, file, reading);
    }

    private Reading reading(VassalName name, String file, byte[] content) {
        return Language.read(file, content, SECTION, surroundings, name.placeholders());
    }

    private SpecResult vassal(VassalName name, String file, Reading reading) {
        Report report = new Report(file);
        reading.files().forEach(report::read);
        report.asked(reading.answers());
        reading.problems().forEach(report::add);
        Optional<Position> header = reading.header(SECTION);
        if (header.isEmpty()) {
            if (report.isEmpty()) {
                report.add(noVassal(file, reading));
            }
            return report.refused();
        }
        if (!reading.keys().contains(Options.EXEC)) {
            report.add(new Problem(header.get(), Options.EXEC, "missing", "write exec = /path/to/program"));
        }
        return result(name, file, sheet(reading, report), report);
    }

    /**
     * What counts for a file that is accepted: what it says or the daemon says for all, key by key, and after that what is
     * usual where both are silent, whose position is {@link #USUAL}.
     */
    public List<Setting> settings(VassalName name, String file, byte[] content) {
        Sheet sheet = sheet(reading(name, file, content), new Report(file));
        List<Setting> settings = sheet.all();
        for (Option option : table.options()) {
            boolean counts =
                    option.support() == Support.WORKS && !option.standard().isEmpty();
            boolean replaced = sheet.has(Options.STOP_SEQUENCE) && Options.STOPPING.contains(option.key());
            if (counts && !replaced && option.sameAs().isEmpty() && !sheet.has(option.key())) {
                settings.add(new Setting(option.key(), option.standard(), USUAL));
            }
        }
        return settings;
    }

    /** What the host answers now. */
    public List<String> ask(Question question) {
        return question.answer(surroundings);
    }

    /** Whether the file is refused for being a uWSGI vassal, and for nothing else. */
    public static boolean isUwsgi(SpecResult.Refused refused) {
        return refused.problems().get(0).rule().equals(NO_PROTOCOL);
    }

    private static Problem noVassal(String file, Reading reading) {
        return reading.header(UWSGI)
                .map(header -> new Problem(header, "", NO_PROTOCOL, "write a [vassal] section with exec"))
                .orElseGet(() ->
                        new Problem(Position.of(file), "", "no [vassal] section", "begin the settings with [vassal]"));
    }

    private Sheet sheet(Reading reading, Report report) {
        Set<String> inFile = new HashSet<>();
        for (String key : reading.keys()) {
            inFile.add(table.canonical(key));
        }
        Sheet sheet = new Sheet(table, report);
        for (Setting setting : defaults) {
            if (!inFile.contains(setting.key()) || addsUp(setting.key())) {
                sheet.addDefault(setting);
            }
        }
        for (Setting setting : reading.settings()) {
            if (reading.declared().contains(setting.key())
                    && table.option(setting.key()).isPresent()) {
                report.add(setting, "an option, which set-ph must not set", "write set = " + setting.key() + "=VALUE");
            } else if (table.option(setting.key()).isPresent() || !reading.isPlaceholder(setting.key())) {
                sheet.add(setting);
            }
        }
        return sheet;
    }

    /** A vassal's file can have more done than the daemon says for all, and not less. */
    private boolean addsUp(String key) {
        return table.option(key)
                .filter(option -> option.repeatable() && option.group() == Group.HOOKS)
                .isPresent();
    }

    private SpecResult result(VassalName name, String file, Sheet sheet, Report report) {
        Optional<Program> program = new ProgramReader(sheet, report, surroundings).read();
        Identity identity = identities.read(sheet);
        LifeReader lives = new LifeReader(sheet, report);
        Life life = lives.life();
        lives.instances();
        Limits limits = lives.limits();
        SortedMap<String, String> labels = lives.labels();
        List<Setting> jail =
                new DocumentReader(table, report, surroundings).with(new HookOwners(identities, sheet).numbered());
        if (program.isEmpty() || !report.isEmpty()) {
            return report.refused();
        }
        VassalSpec spec =
                new VassalSpec(name, file, program.get(), identity, life, limits, labels, jail, sheet.places(), "");
        if (spec.weight() > HEAVIEST) {
            report.add(new Problem(
                    Position.of(file),
                    "",
                    "has " + spec.weight() / 1024 + " KiB of values, and what a jail is built from at most "
                            + HEAVIEST / 1024,
                    "shorten exec or env, or put them into a file"));
            return report.refused();
        }
        return report.accepted(spec.withDigest());
    }
}
