package org.emperor.linux.plan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.emperor.spec.GeneratedPart;
import org.emperor.spec.KeyText;
import org.emperor.spec.ManualPage;
import org.junit.jupiter.api.Test;

class LinuxManualTest {
    private static final String PART = "keys of Linux";
    private static final ManualPage PAGE = new ManualPage("emperor-vassal.5");

    @Test
    void manualTellsEveryKeyOfLinuxJails() {
        GeneratedPart.ofManual("emperor-vassal.5", PART).assertIs(KeyText.manual(LinuxOptions.table()));
    }

    @Test
    void referenceTellsEveryKeyOfLinuxJails() {
        GeneratedPart.ofMarkdown("reference.md", PART).assertIs(KeyText.markdown(LinuxOptions.table()));
    }

    @Test
    void manualTellsEveryNamespaceAndEveryMountFlag() {
        String section = PAGE.section("KEYS OF LINUX").replaceAll("[,;().]", " ");
        for (Namespace namespace : Namespace.values()) {
            assertTrue(
                    section.contains(" " + namespace.word() + "\n") || section.contains(" " + namespace.word() + " "),
                    namespace.word());
        }
        for (String word : MountFlag.allowed().split(" ")) {
            assertTrue(section.contains(" " + word + " ") || section.contains(" " + word + "\n"), word);
        }
    }
}
