package org.emperor.lang;

import java.util.List;
import java.util.Optional;

/**
 * One INI file as it is written, before the configuration language gives its values meaning.
 *
 * @param sections in file order; a name that occurs again is here again
 * @param problems what is wrong with the text itself, in file order; what could be read around it is in the sections
 */
public record IniFile(List<Section> sections, List<Problem> problems) {

    /** The lines under one header; {@code position} is the header's. */
    public record Section(String name, Position position, List<Setting> settings) {
        public Section {
            settings = List.copyOf(settings);
        }
    }

    public IniFile {
        sections = List.copyOf(sections);
        problems = List.copyOf(problems);
    }

    /** Where the section first begins; empty if the file has none of that name. */
    public Optional<Position> header(String section) {
        return sections.stream()
                .filter(found -> found.name().equals(section))
                .map(Section::position)
                .findFirst();
    }

    /** The settings of all sections of that name, in file order. */
    public List<Setting> settings(String section) {
        return sections.stream()
                .filter(found -> found.name().equals(section))
                .flatMap(found -> found.settings().stream())
                .toList();
    }
}
