package org.emperor.linux.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.emperor.spec.Identity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserDatabaseTest {
    @TempDir
    Path etc;

    private UserDatabase accounts;

    @BeforeEach
    void twoFiles() throws IOException {
        Path passwd = etc.resolve("passwd");
        Path group = etc.resolve("group");
        Files.writeString(passwd, """
                root:x:0:0:root:/root:/bin/bash
                # a comment, and a broken line
                www:x:33:33:web:/var/www:/usr/sbin/nologin
                far:x:2000000000:2000000001::/home/far:
                huge:x:4294967295:1::/:/bin/sh
                """);
        Files.writeString(group, "root:x:0:\nwww:x:33:\nlogs:x:44:other,www\nfar:x:2000000001:far\n");
        accounts = new UserDatabase(passwd, group);
    }

    @Test
    void userHasThePrimaryAndTheSupplementaryGroups() {
        Identity www = new Identity("www", 33, 33, List.of(33, 44), "/var/www", "/usr/sbin/nologin");
        assertEquals(Optional.of(www), accounts.user("www"));
        assertEquals(Optional.of(www), accounts.user("33"));
    }

    @Test
    void idsOfTenDigitsAndAnEmptyShellAreRead() {
        Identity far =
                new Identity("far", 2_000_000_000, 2_000_000_001, List.of(2_000_000_001), "/home/far", "/bin/sh");
        assertEquals(Optional.of(far), accounts.user("far"));
        assertEquals(OptionalInt.of(2_000_000_001), accounts.group("far"));
    }

    @Test
    void lineWithAnIdThatMeansNobodyIsPassedOver() {
        assertTrue(accounts.user("huge").isEmpty());
    }

    @Test
    void editedFilesAreReadAgain() throws IOException {
        assertEquals(33, accounts.user("www").orElseThrow().gid());
        Files.writeString(etc.resolve("group"), "more:x:77:www\n");
        assertEquals(List.of(33, 77), accounts.user("www").orElseThrow().groups());
        Files.writeString(etc.resolve("passwd"), "bob:x:1001:1001::/home/bob:/bin/sh\n");
        assertTrue(accounts.user("www").isEmpty());
        assertEquals(1001, accounts.user("bob").orElseThrow().uid());
    }

    @Test
    void numberWithoutALineIsAStrangerAndANameIsNobody() {
        assertEquals(
                Optional.of(new Identity("54321", 54321, 54321, List.of(54321), "/", "/bin/sh")),
                accounts.user("54321"));
        assertTrue(accounts.user("no-such-user-here").isEmpty());
        assertTrue(accounts.group("no-such-group-here").isEmpty());
    }
}
