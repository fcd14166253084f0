package org.emperor.spec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.emperor.lang.Setting;
import org.emperor.lang.Surroundings;
import org.emperor.lang.Surroundings.Source;

/**
 * Reads the files that values of the form {@link Form#DOCUMENT} name. The content follows its setting as one more, so that
 * the platform needs no files and a change of the file is a change of the vassal.
 */
public final class DocumentReader {
    private final OptionTable table;
    private final Report report;
    private final Surroundings surroundings;

    DocumentReader(OptionTable table, Report report, Surroundings surroundings) {
        this.table = table;
        this.report = report;
        this.surroundings = surroundings;
    }

    /** The key of the setting that holds the content; no file can have it. */
    public static String contentOf(String key) {
        return key + ":content";
    }

    /** The settings, and after them what the files they name hold. */
    List<Setting> with(List<Setting> settings) {
        List<Setting> all = new ArrayList<>(settings);
        for (Setting setting : settings) {
            boolean names = setting.value().startsWith("/");
            if (names && table.option(setting.key()).orElseThrow().form() == Form.DOCUMENT) {
                read(setting, all);
            }
        }
        return all;
    }

    private void read(Setting setting, List<Setting> all) {
        report.read(setting.value());
        Source source = surroundings.read(setting.value());
        if (source instanceof Source.Content content) {
            String text = new String(content.bytes(), StandardCharsets.UTF_8);
            all.add(new Setting(contentOf(setting.key()), text, setting.position()));
        } else if (source instanceof Source.Refused refused) {
            report.add(setting, setting.value() + " " + refused.reason(), refused.remedy());
        }
    }
}
