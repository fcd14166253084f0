package org.emperor.freebsd.plan;

import org.emperor.spec.GeneratedPart;
import org.emperor.spec.KeyText;
import org.junit.jupiter.api.Test;

class FreeBsdManualTest {
    private static final String PART = "keys of FreeBSD";

    @Test
    void manualTellsEveryKeyOfFreeBsdJails() {
        GeneratedPart.ofManual("emperor-vassal.5", PART).assertIs(KeyText.manual(FreeBsdOptions.table()));
    }

    @Test
    void referenceTellsEveryKeyOfFreeBsdJails() {
        GeneratedPart.ofMarkdown("reference.md", PART).assertIs(KeyText.markdown(FreeBsdOptions.table()));
    }
}
