package org.emperor.migration;

import java.util.List;
import java.util.Set;
import org.emperor.lang.Document;
import org.emperor.lang.Position;
import org.emperor.lang.Setting;
import org.emperor.spec.OptionTable;

/** Converts a service unit of systemd's system manager to one vassal file. */
public final class SystemdUnit {
    private static final String ENDING = ".service";
    private static final Set<String> OTHERS = Set.of(
            ".socket", ".device", ".mount", ".automount", ".swap", ".target", ".path", ".timer", ".slice", ".scope");

    private final Document document;
    private final String unit;
    private final OptionTable table;
    private final Position whole;

    private SystemdUnit(Document document, String unit, OptionTable table, Position whole) {
        this.document = document;
        this.unit = unit;
        this.table = table;
        this.whole = whole;
    }

    /**
     * @param file its path for messages; its last part is the unit's name
     * @param table the options of the emperor that will read the vassal file
     */
    public static Migration convert(String file, String text, OptionTable table) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        String unit = name.endsWith(ENDING) ? name : name + ENDING;
        Position whole = Position.of(file);
        try {
            if (text.indexOf('\0') >= 0) {
                throw new MigrationFailure(whole, "", "a NUL byte", "a unit is plain text");
            }
            checkName(whole, name, unit);
            String bare = text.startsWith("\uFEFF") ? text.substring(1) : text; // as systemd skips it
            return new SystemdUnit(UnitText.read(file, bare), unit, table, whole).convert();
        } catch (MigrationFailure failure) {
            return new Migration(List.of(), List.of(), List.of(failure.problem()));
        }
    }

    private static void checkName(Position whole, String name, String unit) {
        int dot = name.lastIndexOf('.');
        if (dot >= 0 && OTHERS.contains(name.substring(dot))) {
            throw new MigrationFailure(whole, "", "not a service", "only services run programs");
        }
        if (unit.endsWith("@" + ENDING)) {
            throw new MigrationFailure(
                    whole,
                    "",
                    "a template, which has no instance",
                    "copy it to a name with one, such as web@1.service");
        }
    }

    private Migration convert() {
        Document.Section header = document.sections().stream()
                .filter(section -> section.name().equals("Service"))
                .findFirst()
                .orElseThrow(() -> new MigrationFailure(whole, "", "no [Service] section", "import a service unit"));
        String name = unit.substring(0, unit.length() - ENDING.length());
        Setting place = new Setting("[Service]", "", header.position());
        Draft draft = Draft.named(table, name, place, "was the unit " + unit + " of systemd");
        document.problems().forEach(draft::lose);
        try {
            new Service(new Assignments(document.settings("Service")), draft, new Specifiers(unit), place).write();
        } catch (MigrationFailure failure) {
            return new Migration(List.of(), draft.losses(), List.of(failure.problem()));
        }
        for (Document.Section section : document.sections()) {
            others(section, draft);
        }
        return Migration.of(List.of(draft), List.of(), List.of());
    }

    private static void others(Document.Section section, Draft draft) {
        String name = section.name();
        for (Setting setting : section.settings()) {
            if (name.equals("Unit")) {
                unit(setting, draft);
            } else if (name.equals("Install")) {
                draft.lose(setting, "a vassal is wanted when its file is in a directory of vassals", "");
            } else if (!name.equals("Service") && !name.startsWith("X-")) {
                draft.lose(setting, "stands in a section that no service has", "systemd ignores it");
            }
        }
    }

    private static void unit(Setting setting, Draft draft) {
        switch (setting.key()) {
            case "Description" -> draft.remark(setting.value());
            case "Documentation" -> {} // says nothing about the program
            case "StartLimitBurst", "StartLimitIntervalSec", "StartLimitInterval", "StartLimitAction" ->
                draft.lose(setting, "faults in a row are counted, not starts in a time", "see max-restarts");
            default -> {
                String rule =
                        setting.key().startsWith("Condition") || setting.key().startsWith("Assert")
                                ? "there are no conditions of a start yet"
                                : "vassals do not know of each other yet";
                draft.lose(setting, rule, "");
            }
        }
    }
}
