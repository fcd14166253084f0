package org.emperor.monitor;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.emperor.lang.Position;
import org.emperor.lang.Problem;
import org.emperor.lang.Question;
import org.emperor.lang.RegularFile;
import org.emperor.lang.Setting;
import org.emperor.lang.Surroundings.Source;
import org.emperor.spec.Endings;
import org.emperor.spec.SpecReader;
import org.emperor.spec.SpecResult;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;

/** Reads one vassal file from disk and says whether this platform could run it; the same for the daemon and for check. */
public final class VassalFileReader implements Sources.Reader {
    /** The instance that stands for all of a template, where people look at the template itself. */
    public static final String EXAMPLE = "example";

    private final SpecReader specs;
    private final Endings endings;
    private final Function<VassalSpec, List<Problem>> check;

    /**
     * @param endings of the names of vassal files
     * @param check what the host that is to run it finds wrong with a spec
     */
    public VassalFileReader(SpecReader specs, Endings endings, Function<VassalSpec, List<Problem>> check) {
        this.specs = specs;
        this.endings = endings;
        this.check = check;
    }

    /** Whether a monitor would take this for a vassal file, by its name. */
    public boolean isVassalFile(Path file) {
        return VassalFileName.of(file, endings).isPresent();
    }

    @Override
    public Endings endings() {
        return endings;
    }

    /**
     * The vassal that a file of this name is, or would be if its ending counted; a template is none, but as good as that
     * instance of it.
     */
    public static Optional<VassalName> vassal(Path file, String instance) {
        Optional<VassalName> name = VassalFileName.ofAny(file).flatMap(VassalFileName::vassal);
        return name.isPresent() && name.get().isTemplate() ? name.get().withInstance(instance) : name;
    }

    @Override
    public List<String> ask(Question question) {
        return specs.ask(question);
    }

    @Override
    public SpecResult read(Path file) {
        return read(file, EXAMPLE);
    }

    /** @param instance the one that a template is read as */
    public SpecResult read(Path file, String instance) {
        if (!isVassalFile(file)) {
            return refused(file, "not the name of a vassal file", "name it <vassal>.ini");
        }
        Optional<VassalName> name = vassal(file, instance);
        if (name.isEmpty()) {
            return refused(
                    file,
                    "not a vassal's name",
                    "use 1 to 64 of A-Z a-z 0-9 _ @ . : + - before the extension, the first not a dot");
        }
        return read(file, name.get());
    }

    /** What counts for an accepted file, for people: {@link SpecReader#settings}. None if it cannot be read any more. */
    public List<Setting> settings(Path file, VassalName name) {
        return RegularFile.read(file) instanceof Source.Content content
                ? specs.settings(name, file.toString(), content.bytes())
                : List.of();
    }

    private SpecResult read(Path file, VassalName name) {
        Source source = RegularFile.read(file);
        return source instanceof Source.Content content
                ? checked(specs.read(name, file.toString(), content.bytes()))
                : refused(file, ((Source.Refused) source).reason(), "");
    }

    /** What is wrong with what the daemon says for all vassals, as the file of one finds it that says nothing of its own. */
    public List<Problem> problemsOfAll() {
        byte[] least = "[vassal]\nexec = /bin/true\n".getBytes(StandardCharsets.US_ASCII);
        return checked(specs.read(new VassalName("any"), "any.ini", least)) instanceof SpecResult.Refused refused
                ? refused.problems()
                : List.of();
    }

    private SpecResult checked(SpecResult result) {
        if (result instanceof SpecResult.Accepted accepted) {
            for (VassalSpec vassal : accepted.vassals()) {
                List<Problem> problems = check.apply(vassal);
                if (!problems.isEmpty()) {
                    return new SpecResult.Refused(problems, accepted.files(), accepted.answers());
                }
            }
        }
        return result;
    }

    static SpecResult refused(Path file, String rule, String remedy) {
        return new SpecResult.Refused(List.of(problem(file, rule, remedy)), List.of(), Map.of());
    }

    /** What is told of a file that the emperor fails to read, through no fault of the file. */
    static SpecResult failed(Path file, Throwable failure) {
        return refused(file, "cannot be read by the emperor: " + failure, "it is tried again; see the emperor's log");
    }

    /** A problem with a file as a whole. */
    static Problem problem(Path file, String rule, String remedy) {
        return new Problem(Position.of(Escaped.of(file.toString())), "", rule, remedy);
    }
}
