package org.emperor.spec;

import java.util.List;
import org.emperor.lang.Setting;

/**
 * Everything one vassal file says: validated, defaulted, immutable.
 *
 * @param file the path the file was found at, as messages name it
 * @param jail the platform's own settings in file order; the platform's plan package gives them meaning
 * @param digest a digest of the effective content; two specs of one digest are the same wish
 */
public record VassalSpec(
        VassalName name,
        String file,
        Program program,
        Identity identity,
        Life life,
        Limits limits,
        List<Setting> jail,
        String digest) {
    public VassalSpec {
        jail = List.copyOf(jail);
    }
}
