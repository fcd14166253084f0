package org.emperor.linux.plan;

import java.util.List;
import org.emperor.spec.Form;
import org.emperor.spec.Option;

/** The keys for what of the host's files a jail sees, and how. */
final class FileSystemOptions {
    private FileSystemOptions() {}

    static List<Option> table() {
        return List.of(Option.once(
                "jail-preset",
                Form.TEXT,
                "none",
                "A whole jail by one word: none, compat, standard or strict. Its namespaces come in addition to those of"
                        + " clone; each of its switches can be set otherwise by the key of its own."));
    }
}
