package org.emperor.linux;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.emperor.linux.plan.Arch;
import org.emperor.linux.plan.Filters;
import org.emperor.linux.plan.SeccompRules;
import org.emperor.linux.plan.SeccompRules.Condition;
import org.emperor.linux.plan.SeccompRules.Operator;
import org.emperor.linux.plan.SeccompRules.Rule;

/**
 * Reads a profile of system calls in the JSON of the OCI runtime specification (config-linux, "Seccomp"), with what Docker
 * added to it: archMap, and rules that depend on architecture, capabilities and kernel. What is not understood is refused.
 */
final class ProfileReader {
    private static final int EPERM = 1;
    private static final int LARGEST_ERRNO = 4095;
    private static final int ARGUMENTS = 6;
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Filters.Request request;

    private ProfileReader(Filters.Request request) {
        this.request = request;
    }

    /** Tells what is wrong with a profile. */
    static final class BadProfile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadProfile(String message) {
            super(message);
        }
    }

    /** @throws BadProfile if it is broken */
    static SeccompRules read(Filters.Request request) {
        try {
            return new ProfileReader(request)
                    .profile(JSON.readTree(request.profile().content()));
        } catch (JsonProcessingException broken) {
            String where = "line " + broken.getLocation().getLineNr() + ", column "
                    + broken.getLocation().getColumnNr();
            throw new BadProfile(where + ": " + broken.getOriginalMessage());
        }
    }

    private SeccompRules profile(JsonNode profile) {
        knownOnly(
                profile,
                "the profile",
                Set.of("defaultAction", "defaultErrnoRet", "architectures", "archMap", "syscalls", "flags"));
        refuseFlags(profile.path("flags"));
        List<Rule> rules = new ArrayList<>();
        for (JsonNode rule : profile.path("syscalls")) {
            if (applies(rule)) {
                rules.add(rule(rule));
            }
        }
        int standard = action(profile, "defaultAction", "defaultErrnoRet");
        SeccompRules read = new SeccompRules(
                architectures(profile), standard, rules, request.profile().name());
        for (String call : List.of("execve", "exit_group")) {
            if (!read.allows(call)) {
                throw new BadProfile("lets no " + call + " through, without which no program begins or ends");
            }
        }
        return read;
    }

    /** One that only matters to who has several threads says nothing here. */
    private static void refuseFlags(JsonNode flags) {
        for (JsonNode flag : flags) {
            if (!flag.asText().equals("SECCOMP_FILTER_FLAG_TSYNC")) {
                throw new BadProfile("flag \"" + flag.asText() + "\" is not supported");
            }
        }
    }

    private List<String> architectures(JsonNode profile) {
        String own = request.arch().toString();
        List<String> found = new ArrayList<>(List.of(own));
        for (JsonNode name : profile.path("architectures")) {
            addArchitecture(found, name.asText());
        }
        for (JsonNode entry : profile.path("archMap")) {
            if (architecture(entry.path("architecture").asText()).equals(own)) {
                entry.path("subArchitectures").forEach(name -> addArchitecture(found, name.asText()));
            }
        }
        return found;
    }

    /** Only those of this machine: no process here can be of another. */
    private void addArchitecture(List<String> found, String token) {
        String name = architecture(token);
        Set<String> here = request.arch() == Arch.X86_64 ? Set.of("x86_64", "x86", "x32") : Set.of("aarch64", "arm");
        if (here.contains(name) && !found.contains(name)) {
            found.add(name);
        }
    }

    private static String architecture(String token) {
        if (!token.startsWith("SCMP_ARCH_")) {
            throw new BadProfile("unknown architecture \"" + token + "\"");
        }
        return token.substring("SCMP_ARCH_".length()).toLowerCase(Locale.ROOT);
    }

    private boolean applies(JsonNode rule) {
        JsonNode includes = rule.path("includes");
        JsonNode excludes = rule.path("excludes");
        Set<String> known = Set.of("arches", "caps", "minKernel");
        knownOnly(includes, "includes", known);
        knownOnly(excludes, "excludes", known);
        boolean included = (isEmpty(includes, "arches") || hasArchitecture(includes))
                && (isEmpty(includes, "caps") || hasAllCapabilities(includes))
                && (isEmpty(includes, "minKernel") || isKernelSince(includes));
        boolean excluded = hasArchitecture(excludes)
                || hasAnyCapability(excludes)
                || (!isEmpty(excludes, "minKernel") && isKernelSince(excludes));
        return included && !excluded;
    }

    private static boolean isEmpty(JsonNode conditions, String field) {
        JsonNode value = conditions.path(field);
        return value.isMissingNode()
                || value.isNull()
                || (value.isContainerNode() ? value.isEmpty() : value.asText().isEmpty());
    }

    /** These are Go's names. */
    private boolean hasArchitecture(JsonNode conditions) {
        String own = request.arch() == Arch.X86_64 ? "amd64" : "arm64";
        for (JsonNode name : conditions.path("arches")) {
            if (name.asText().equals(own)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasAllCapabilities(JsonNode conditions) {
        for (JsonNode name : conditions.path("caps")) {
            if (!request.grants(name.asText())) {
                return false;
            }
        }
        return true;
    }

    private boolean hasAnyCapability(JsonNode conditions) {
        for (JsonNode name : conditions.path("caps")) {
            if (request.grants(name.asText())) {
                return true;
            }
        }
        return false;
    }

    private boolean isKernelSince(JsonNode conditions) {
        String least = conditions.path("minKernel").asText();
        return numbers(request.kernel()) >= numbers(least);
    }

    /** The first two numbers of a release as one that can be compared. */
    private static int numbers(String release) {
        String[] parts = (release + ".0").split("[^0-9]+", -1);
        try {
            return Integer.parseInt(parts[0]) * 10_000 + Integer.parseInt(parts[1]);
        } catch (NumberFormatException e) {
            throw new BadProfile("\"" + release + "\" is not a kernel's release");
        }
    }

    private Rule rule(JsonNode rule) {
        knownOnly(
                rule,
                "a rule",
                Set.of("names", "name", "action", "errnoRet", "args", "comment", "includes", "excludes"));
        List<String> names = new ArrayList<>();
        rule.path("names").forEach(name -> names.add(name.asText()));
        if (rule.hasNonNull("name")) {
            names.add(rule.path("name").asText());
        }
        if (names.isEmpty()) {
            throw new BadProfile("a rule names no system call");
        }
        List<Condition> conditions = new ArrayList<>();
        rule.path("args").forEach(argument -> conditions.add(condition(argument)));
        return new Rule(names, action(rule, "action", "errnoRet"), conditions, true);
    }

    private static Condition condition(JsonNode argument) {
        knownOnly(argument, "args", Set.of("index", "value", "valueTwo", "op"));
        JsonNode index = argument.path("index");
        if (!index.isInt() || index.intValue() < 0 || index.intValue() >= ARGUMENTS) {
            throw new BadProfile("an argument's index is not 0 to 5");
        }
        return new Condition(
                index.intValue(),
                operator(argument.path("op").asText()),
                number(argument, "value"),
                number(argument, "valueTwo"));
    }

    /** Up to 64 bits without a sign. */
    private static long number(JsonNode argument, String field) {
        JsonNode value = argument.path(field);
        if (value.isMissingNode()) {
            return 0;
        }
        if (!value.isIntegralNumber() || value.bigIntegerValue().bitLength() > Long.SIZE) {
            throw new BadProfile("an argument's " + field + " is not a number of 64 bits");
        }
        return value.bigIntegerValue().longValue();
    }

    private static Operator operator(String name) {
        for (Operator operator : Operator.values()) {
            if (name.equals("SCMP_CMP_" + operator)) {
                return operator;
            }
        }
        throw new BadProfile("unknown operator \"" + name + "\"");
    }

    private static int action(JsonNode of, String field, String errnoField) {
        String name = of.path(field).asText();
        return switch (name) {
            case "SCMP_ACT_ALLOW" -> SeccompRules.ALLOW;
            case "SCMP_ACT_LOG" -> SeccompRules.LOG;
            case "SCMP_ACT_TRAP" -> SeccompRules.TRAP;
            case "SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD" -> SeccompRules.KILL_THREAD;
            case "SCMP_ACT_KILL_PROCESS" -> SeccompRules.KILL_PROCESS;
            case "SCMP_ACT_ERRNO" -> SeccompRules.ERRNO | errno(of.path(errnoField));
            default -> throw new BadProfile(field + " \"" + name + "\" is not supported");
        };
    }

    private static int errno(JsonNode number) {
        if (number.isMissingNode() || number.isNull()) {
            return EPERM;
        }
        if (!number.isInt() || number.intValue() < 0 || number.intValue() > LARGEST_ERRNO) {
            throw new BadProfile("an errno is not 0 to " + LARGEST_ERRNO);
        }
        return number.intValue();
    }

    private static void knownOnly(JsonNode object, String what, Set<String> fields) {
        if (!object.isMissingNode() && !object.isNull() && !object.isObject()) {
            throw new BadProfile(what + ": not an object");
        }
        Iterator<String> names = object.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!fields.contains(name)) {
                throw new BadProfile(what + ": unknown field \"" + name + "\"");
            }
        }
    }
}
