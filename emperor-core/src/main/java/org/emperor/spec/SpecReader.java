package org.emperor.spec;

import java.util.List;
import org.emperor.lang.Position;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;

/** Reads vassal files: the content of one file becomes a spec, or all that is wrong with it. */
public final class SpecReader {

    /**
     * @param defaults settings of the daemon, such as the namespaces of {@code emperor-use-clone}; those of a key count
     *     where the file does not have that key
     */
    public SpecReader(OptionTable table, Accounts accounts, List<Setting> defaults) {}

    /** Touches no file: the path is for messages. */
    public SpecResult read(VassalName name, String file, byte[] content) {
        return new SpecResult.Refused(List.of(new Problem(Position.of(file), "", "files are not read yet", "")));
    }
}
