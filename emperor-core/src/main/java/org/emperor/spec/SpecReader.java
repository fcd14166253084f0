package org.emperor.spec;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
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
    private final SideFiles files;
    private final List<Setting> defaults;

    /**
     * @param defaults settings of the daemon, such as the namespaces of {@code emperor-use-clone}; those of a key count
     *     where the file does not have that key
     */
    public SpecReader(OptionTable table, Accounts accounts, SideFiles files, List<Setting> defaults) {
        this.table = table;
        this.files = files;
        this.identities = new IdentityReader(accounts);
        this.defaults = List.copyOf(defaults);
    }

    /** The path is for messages: of files it touches only those that the content names. */
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
        Set<String> inFile = new HashSet<>();
        for (Setting setting : written) {
            inFile.add(table.canonical(setting.key()));
        }
        Sheet sheet = new Sheet(table, report);
        for (Setting setting : defaults) {
            if (!inFile.contains(setting.key())) {
                sheet.addDefault(setting);
            }
        }
        settings.forEach(sheet::add);
        return sheet;
    }

    private SpecResult result(VassalName name, String file, Sheet sheet, Report report) {
        Optional<Program> program = new ProgramReader(sheet, report, files).read();
        Identity identity = identities.read(sheet);
        LifeReader lives = new LifeReader(sheet, report);
        Life life = lives.life();
        Limits limits = lives.limits();
        SortedMap<String, String> labels = lives.labels();
        if (program.isEmpty() || !report.isEmpty()) {
            return new SpecResult.Refused(report.inFileOrder());
        }
        VassalSpec spec = new VassalSpec(
                name, file, program.get(), identity, life, limits, labels, sheet.jail(), sheet.places(), "");
        return new SpecResult.Accepted(spec.withDigest());
    }
}
