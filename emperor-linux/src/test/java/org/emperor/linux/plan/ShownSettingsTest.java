package org.emperor.linux.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.emperor.lang.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings as emperor plan prints them. */
class ShownSettingsTest {
    private static List<Setting> shown(String lines) {
        String ini = "[vassal]\nexec = /a\n" + lines + "\n";
        return ShownSettings.of(TestHost.spec(ini), TestHost.settings(ini));
    }

    private static String told(String key, String lines) {
        Setting setting = shown(lines).stream()
                .filter(it -> it.key().equals(key))
                .findFirst()
                .orElseThrow();
        return setting.value() + " # " + setting.position();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hook-as-root|putenv:K=secret|putenv:K=*",
                "hook-as-root|!putenv:K=secret|!putenv:K=*",
                "hook-asap|write:/tmp/x secret|write:/tmp/x *",
                "hook-asap|writen:/tmp/x secret|writen:/tmp/x *",
                "hook-asap|append:/tmp/x secret|append:/tmp/x *",
                "hook-asap|appendn:/tmp/x secret|appendn:/tmp/x *",
                "hook-asap|appendn:/tmp/x|appendn:/tmp/x",
                "hook-as-user|writefifo:/tmp/x secret|writefifo:/tmp/x *",
                "hook-as-user|spinningfifo:/tmp/x secret|spinningfifo:/tmp/x *",
                "hook-as-user|print:secret|print:*",
                "hook-as-emperor|putenv:K=secret|putenv:K=*",
                "hook-as-root|mkdir:/tmp/x|mkdir:/tmp/x",
                "hook-as-root|exec:date > /tmp/x|exec:date > /tmp/x",
                "exec-as-root|x:y=z|x:y=z",
                "file-write|/tmp/y=secret|/tmp/y=*"
            })
    void whatIsMaskedInTheStepsIsMaskedInTheSettings(String key, String value, String shown) {
        assertEquals(shown, told(key, key + " = " + value).replaceFirst(" # .*", ""));
    }

    @Test
    void presetIsNamedForWhatIsNotAsUsualByIt() {
        assertEquals("true # jail-preset", told("no-new-privs", "jail-preset = compat"));
        assertEquals("none # default", told("seccomp", "jail-preset = compat"));
        assertEquals("default # jail-preset", told("seccomp", "jail-preset = strict"));
    }

    @Test
    void filtersAreNamedForThePrivilegesThatTheyEnd() {
        assertEquals("false # default", told("no-new-privs", "nice = 0"));
        assertEquals("true # seccomp", told("no-new-privs", "seccomp = default"));
        assertEquals("true # landlock", told("no-new-privs", "landlock = default"));
        assertEquals(
                "none # api.ini:4:11", told("seccomp", "jail-preset = strict\nseccomp = none\nno-new-privs = true"));
    }
}
