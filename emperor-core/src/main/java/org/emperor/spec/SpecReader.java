package org.emperor.spec;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.emperor.lang.IniFile;
import org.emperor.lang.IniReader;
import org.emperor.lang.Language;
import org.emperor.lang.Position;
import org.emperor.lang.Problem;
import org.emperor.lang.Reading;
import org.emperor.lang.Setting;

/** Reads vassal files: the content of one file becomes a spec, or all that is wrong with it. */
public final class SpecReader {
    private static final String SECTION = "vassal";
    private static final String UWSGI = "uwsgi";

    private final OptionTable table;
    private final IdentityReader identities;
    private final List<Setting> defaults;

    /**
     * @param defaults settings of the daemon, such as the namespaces of {@code emperor-use-clone}; those of a key count
     *     where the file does not have that key
     */
    public SpecReader(OptionTable table, Accounts accounts, List<Setting> defaults) {
        this.table = table;
        this.identities = new IdentityReader(accounts);
        this.defaults = List.copyOf(defaults);
    }

    /** Touches no file: the path is for messages. */
    public SpecResult read(VassalName name, String file, byte[] content) {
        Report report = new Report(file);
        IniFile ini = IniReader.read(file, content);
        ini.problems().forEach(report::add);
        Optional<Position> header = ini.header(SECTION);
        if (header.isEmpty()) {
            if (report.isEmpty()) {
                report.add(noVassal(file, ini));
            }
            return new SpecResult.Refused(report.inFileOrder());
        }
        List<Setting> written = ini.settings(SECTION);
        if (written.stream().noneMatch(setting -> setting.key().equals(Options.EXEC))) {
            report.add(new Problem(header.get(), Options.EXEC, "missing", "write exec = /path/to/program"));
        }
        Reading reading = Language.evaluate(written);
        reading.problems().forEach(report::add);
        return result(name, file, sheet(written, reading.settings(), report), report);
    }

    private static Problem noVassal(String file, IniFile ini) {
        return ini.header(UWSGI)
                .map(header -> new Problem(
                        header, "", "a uWSGI vassal: not supported yet", "write a [vassal] section with exec"))
                .orElseGet(() ->
                        new Problem(Position.of(file), "", "no [vassal] section", "begin the settings with [vassal]"));
    }

    private Sheet sheet(List<Setting> written, List<Setting> settings, Report report) {
        Set<String> inFile = written.stream().map(Setting::key).collect(Collectors.toSet());
        Sheet sheet = new Sheet(table, report);
        defaults.stream().filter(setting -> !inFile.contains(setting.key())).forEach(sheet::add);
        settings.forEach(sheet::add);
        return sheet;
    }

    private SpecResult result(VassalName name, String file, Sheet sheet, Report report) {
        Optional<Program> program = ProgramReader.read(sheet);
        Identity identity = identities.read(sheet);
        Life life = LifeReader.life(sheet);
        Limits limits = LifeReader.limits(sheet);
        if (program.isEmpty() || !report.isEmpty()) {
            return new SpecResult.Refused(report.inFileOrder());
        }
        String digest = Digest.of(name, program.get(), identity, life, limits, sheet.jail());
        return new SpecResult.Accepted(
                new VassalSpec(name, file, program.get(), identity, life, limits, sheet.jail(), digest));
    }
}
