package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.emperor.spec.Identity;
import org.emperor.spec.VassalSpec;

/** The variables of the program and of the commands of its hooks; hooks may put further ones. */
final class ProgramEnvironment {
    static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Map<String, String> variables = new LinkedHashMap<>();

    ProgramEnvironment(VassalSpec spec) {
        Identity identity = spec.identity();
        variables.put("PATH", PATH);
        variables.put("LANG", "C.UTF-8");
        variables.put("HOME", identity.home());
        variables.put("USER", identity.user());
        variables.put("LOGNAME", identity.user());
        variables.put("SHELL", identity.shell());
        variables.keySet().removeAll(spec.program().unset());
        variables.putAll(spec.program().environment());
    }

    void put(String name, String value) {
        variables.put(name, value);
    }

    String path() {
        return variables.getOrDefault("PATH", PATH);
    }

    /** Values may be secrets: only names are shown. */
    Argument argument() {
        List<String> assignments = new ArrayList<>(variables.size());
        StringJoiner masked = new StringJoiner(", ", "[", "]");
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            assignments.add(variable.getKey() + "=" + variable.getValue());
            masked.add(variable.getKey() + "=*");
        }
        return Argument.strings(assignments, masked.toString());
    }
}
