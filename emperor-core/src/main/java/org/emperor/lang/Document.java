package org.emperor.lang;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One file as it is written, whatever its format, before the configuration language gives its values meaning.
 *
 * @param sections in file order; a name that occurs again is here again
 * @param problems what is wrong with the text itself, in file order; what could be read around it is in the sections
 */
public record Document(List<Section> sections, List<Problem> problems) {

    /** The lines under one header; {@code position} is the header's. */
    public record Section(String name, Position position, List<Setting> settings) {
        public Section {
            settings = List.copyOf(settings);
        }
    }

    public Document {
        sections = List.copyOf(sections);
        problems = List.copyOf(problems);
    }

    /** A file of which nothing could be read. */
    static Document refused(Problem problem) {
        return new Document(List.of(), List.of(problem));
    }

    /** The same with magic variables in section names replaced; one that cannot be stays as it is. */
    Document named(FileScope scope) {
        boolean plain = true;
        for (Section section : sections) {
            plain &= section.name().indexOf('%') < 0;
        }
        if (plain) {
            return this;
        }
        List<Section> named = new ArrayList<>();
        for (Section section : sections) {
            named.add(new Section(scope.named(section.name()), section.position(), section.settings()));
        }
        return new Document(named, problems);
    }

    /** Where each section first begins, in file order. */
    Map<String, Position> headers() {
        Map<String, Position> headers = new LinkedHashMap<>();
        for (Section section : sections) {
            headers.putIfAbsent(section.name(), section.position());
        }
        return headers;
    }

    /** Where the section first begins; empty if the file has none of that name. */
    public Optional<Position> header(String section) {
        for (Section found : sections) {
            if (found.name().equals(section)) {
                return Optional.of(found.position());
            }
        }
        return Optional.empty();
    }

    /** The settings of all sections of that name, in file order. */
    public List<Setting> settings(String section) {
        List<Setting> settings = new ArrayList<>();
        for (Section found : sections) {
            if (found.name().equals(section)) {
                settings.addAll(found.settings());
            }
        }
        return settings;
    }
}
