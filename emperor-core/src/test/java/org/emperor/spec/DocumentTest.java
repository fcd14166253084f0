package org.emperor.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.emperor.lang.FakeSurroundings;
import org.emperor.lang.Setting;
import org.junit.jupiter.api.Test;

/** A key whose value may name a file: what that holds is a part of the vassal file. */
class DocumentTest {
    private static final String TEXT = "[vassal]\nexec = /bin/true\nrules = ";

    private final FakeSurroundings files = new FakeSurroundings();

    private SpecResult read(String value) {
        Option rules = Option.once("rules", Form.DOCUMENT, "", "Rules.");
        OptionTable table = new OptionTable(Options.portable(), List.of(rules), Map.of());
        return new SpecReader(table, new FewAccounts(), List.of(), files)
                .read(new VassalName("web"), "web.ini", (TEXT + value + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void contentFollowsTheSettingAndTheFileIsToldAsAPart() {
        files.file("/etc/rules", "allow all");
        SpecResult result = read("/etc/rules");
        List<Setting> jail = ((SpecResult.Accepted) result).spec().jail();
        assertEquals(
                List.of("rules=/etc/rules", "rules:content=allow all"),
                jail.stream().map(it -> it.key() + "=" + it.value()).toList());
        assertEquals(List.of("/etc/rules"), result.files());
    }

    @Test
    void changeOfTheContentIsAChangeOfTheVassal() {
        files.file("/etc/rules", "allow all");
        String before = ((SpecResult.Accepted) read("/etc/rules")).spec().digest();
        files.file("/etc/rules", "allow none");
        assertNotEquals(
                before, ((SpecResult.Accepted) read("/etc/rules")).spec().digest());
    }

    @Test
    void wordNamesNoFile() {
        SpecResult result = read("usual");
        assertEquals(1, ((SpecResult.Accepted) result).spec().jail().size());
        assertEquals(List.of(), result.files());
    }

    @Test
    void fileThatIsNotThereRefusesAndIsToldSoThatMakingItHeals() {
        SpecResult result = read("/etc/rules");
        assertEquals(
                "web.ini:3: rules: /etc/rules does not exist; make it, or correct the path",
                SpecReaderFixture.problems(result));
        assertEquals(List.of("/etc/rules"), result.files());
    }

    @Test
    void contentCannotBeWrittenAsAKey() {
        String problems = SpecReaderFixture.problems(read("usual\nrules:content = x"));
        assertEquals("web.ini:4: not a key; a key has letters, digits and dashes only", problems);
    }
}
