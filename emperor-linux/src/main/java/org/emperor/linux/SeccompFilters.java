package org.emperor.linux;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.emperor.jail.PlanRefusal;
import org.emperor.linux.plan.DefaultProfile;
import org.emperor.linux.plan.Filters;
import org.emperor.linux.plan.SeccompProfile;
import org.emperor.linux.plan.SeccompRules;
import org.emperor.linux.sys.Libseccomp;

/**
 * Filters by this host's libseccomp, each compiled once: a thousand vassals have a few profiles. Neither the library nor
 * the reader of JSON is loaded before a vassal asks.
 */
final class SeccompFilters implements Filters {
    static final SeccompFilters HERE = new SeccompFilters("libseccomp.so.2");

    private static final int MOST_KEPT = 64; // profiles change; what nobody asks for any more is not known

    private final String library;
    private final Map<Request, List<Filter>> compiled = new ConcurrentHashMap<>();

    /** @param library the file name by which the loader finds it */
    SeccompFilters(String library) {
        this.library = library;
    }

    @Override
    public List<Filter> compile(Request request) {
        List<Filter> known = compiled.get(request);
        if (known != null) {
            return known;
        }
        List<Filter> filters = compileNow(request);
        if (compiled.size() >= MOST_KEPT) {
            compiled.clear();
        }
        compiled.put(request, filters);
        return filters;
    }

    private List<Filter> compileNow(Request request) {
        SeccompProfile profile = request.profile();
        try {
            List<SeccompRules> rules = profile.isDefault()
                    ? DefaultProfile.rules(request.arch(), request.capabilities())
                    : List.of(ProfileReader.read(request));
            Libseccomp libseccomp = Libseccomp.load(library);
            return rules.stream()
                    .map(one -> new Filter(libseccomp.compile(one), one.about()))
                    .toList();
        } catch (Libseccomp.MissingLibrary missing) {
            throw new PlanRefusal("needs libseccomp, which cannot be used: " + missing.getMessage()
                    + "; install it (of Debian: libseccomp2), or write seccomp = none");
        } catch (Libseccomp.BadRules | ProfileReader.BadProfile bad) {
            throw new PlanRefusal(profile.name() + ": " + bad.getMessage() + "; correct the profile");
        }
    }
}
