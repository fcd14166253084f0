package org.emperor.linux.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.emperor.jail.HostFacts;
import org.emperor.jail.JailPlan;
import org.emperor.jail.PlanRefusal;
import org.emperor.jail.Seat;
import org.emperor.lang.Problem;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys for looking up names: what they refuse, when they count without a word, and what the files made of them say. */
class LookupKeysTest {
    private static final String PLAIN = "[vassal]\nexec = /a\n";
    private static final String WIRED = "jail-preset = standard\nnet = private\n";
    private static final String MADE = "# made by the emperor for this jail\n";
    private static final String LOCAL = MADE + "127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n";
    private static final Resolver NOBODY = Resolver.NONE;

    private static String problems(String lines) {
        return problems(lines, TestHost.UNIFIED);
    }

    private static String problems(String lines, LinuxFacts facts) {
        return LinuxPlanner.check(TestHost.spec(PLAIN + lines + "\n"), facts.toFacts()).stream()
                .map(Problem::toString)
                .collect(Collectors.joining("\n"));
    }

    private static JailPlan plan(String lines, HostNames names) {
        VassalSpec spec = TestHost.spec(PLAIN + lines + "\n");
        HostFacts facts = LinuxFacts.with(TestHost.UNIFIED.toFacts(), names);
        return LinuxPlanner.plan(
                spec, facts, Seat.preview(new VassalName("api"), Path.of("/run/emperor")), TestHost.PAPER);
    }

    private static String plan(String lines) {
        return plan(lines, HostNames.USUAL).toString();
    }

    /** What the plan writes to that file, as text. */
    private static String written(String file, String lines, HostNames names) {
        String start = "write(<" + file + ">, \"";
        String step = plan(lines, names)
                .toString()
                .lines()
                .filter(line -> line.contains(start))
                .findFirst()
                .orElseThrow();
        String text = step.substring(step.indexOf(start) + start.length(), step.lastIndexOf('"'));
        return text.replace("\\n", "\n");
    }

    private static HostNames host(String resolver, String upstream) {
        return new HostNames("big", Resolver.of(resolver), Resolver.of(upstream));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resolv-conf = copy | 15 | resolv-conf: no such source; allowed: keep, host, none",
                "hosts = host | 9 | hosts: no such file; allowed: keep, own",
                "dns = one.one | 7 | dns: no address; write one like 10.0.0.53 or fd00::53",
                "dns = fe80::1%eth0 | 7 | dns: no address; write one like 10.0.0.53 or fd00::53",
                "dns-search = -a | 14 | dns-search: no domain; write one like example.org, or a single dot for none",
                "dns-search = a..b | 14 | dns-search: no domain; write one like example.org, or a single dot for none",
                "dns-option = a b | 14 | dns-option: no option of resolv.conf(5); write one word, as ndots:2",
                "add-host = db | 12 | add-host: no address after the name; write it like db:10.0.0.5 or db:fd00::5",
                "add-host = db:me | 12 | add-host: no address after the name; write it like db:10.0.0.5 or db:fd00::5",
                "add-host = :10.0.0.5 | 12 | add-host: \"\" is no host name; write NAME:ADDRESS",
                "add-host = a b:10.0.0.5 | 12 | add-host: \"a b\" is no host name; write NAME:ADDRESS"
            })
    void wrongValueIsRefused(String line, int column, String message) {
        assertTrue(
                problems("clone = fs\n" + line).contains("api.ini:4:" + column + ": " + message),
                () -> problems("clone = fs\n" + line));
    }

    @Test
    void moreServersThanAreAskedAreRefused() {
        assertEquals(
                "api.ini:7:7: dns: no more than three servers are asked; remove one of them",
                problems("clone = fs\ndns = 10.0.0.1\ndns = 10.0.0.2\ndns = ::1\ndns = 10.0.0.4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dns-search = a\ndns-search = .", "dns-search = .\ndns-search = a"})
    void noDomainBesideADomainIsRefused(String lines) {
        assertEquals(
                "api.ini:5:14: dns-search: a dot beside a domain; remove one of them",
                problems("clone = fs\n" + lines));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resolv-conf = host",
                "resolv-conf = none",
                "dns = 10.0.0.1",
                "dns-search = a",
                "hosts = own",
                "add-host = a:10.0.0.1"
            })
    void filesOfTheHostAreNotCoveredForTheHost(String line) {
        assertTrue(
                problems(line).endsWith(": would change the host without a namespace of its own; add fs to clone"),
                () -> problems(line));
        assertEquals("", problems("clone = fs\n" + line));
    }

    @Test
    void detailsOfAFileThatIsKeptAreRefused() {
        assertEquals(
                "api.ini:5:7: dns: counts only where /etc/resolv.conf is not kept; write resolv-conf = host or none",
                problems("clone = fs\nresolv-conf = keep\ndns = 10.0.0.1"));
        assertEquals(
                "api.ini:5:12: add-host: counts only where /etc/hosts is not kept; write hosts = own",
                problems("clone = fs\nhosts = keep\nadd-host = a:10.0.0.1"));
    }

    @Test
    void fileThatIsMountedAlreadyIsNotMadeToo() {
        assertEquals(
                "api.ini:5:15: resolv-conf: this file mounts something else on /etc/resolv.conf; remove one of them",
                problems("clone = fs\nbind-ro = /srv/r:/etc/resolv.conf\nresolv-conf = host"));
    }

    @Test
    void oldKernelCannot() {
        assertTrue(
                problems("clone = fs\ndns = 10.0.0.1", TestHost.CONTAINER)
                        .contains("dns: needs Linux 5.12, and this host has 5.10"),
                () -> problems("clone = fs\ndns = 10.0.0.1", TestHost.CONTAINER));
    }

    @Test
    void oldKernelDoesWithoutWhatNoFileAsksFor() {
        String lines = "namespace = /srv/app\nnet = private\n";
        assertTrue(plan(lines).contains("<resolv.conf>"));
        assertFalse(TestHost.plan(PLAIN + lines, TestHost.CONTAINER).toString().contains("<resolv.conf>"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jail-preset = compat\nnet = private",
                "jail-preset = strict\nnet = bridge br0",
                "namespace = /srv/app\nnet = private",
                "clone = fs\nchroot = /srv/app\nnet = private"
            })
    void jailWithAWireAndFilesOfItsOwnGetsBoth(String lines) {
        assertTrue(plan(lines).contains("write(<resolv.conf>"), lines);
        assertTrue(plan(lines).contains("write(<hosts>"), lines);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jail-preset = strict",
                "jail-preset = standard",
                "jail-preset = standard\nnet = none",
                "namespace = /srv/app",
                "clone = fs\nnet = private",
                "chroot = /srv/app\nnet = private",
                "namespace = /srv/app\nnet = private\nresolv-conf = keep\nhosts = keep",
                "clone = fs\nunshare = pid\nchroot = /srv/app\nnet = private"
            })
    void otherJailsGetNeither(String lines) {
        assertFalse(plan(lines).contains("<lookup>"), lines);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jail-preset = standard\nbind = /srv/r:/etc/resolv.conf",
                "namespace = /srv/app\nnamespace-keep-mount = /srv/r:/etc/resolv.conf",
                "namespace = /srv/app\nhook-as-root = mount:none /srv/r /etc/resolv.conf bind"
            })
    void whatTheFileMountsItselfIsLeftAsItIs(String lines) {
        String plan = plan(lines + "\nnet = private");
        assertFalse(plan.contains("write(<resolv.conf>"), plan);
        assertTrue(plan.contains("write(<hosts>"), plan);
    }

    @Test
    void whatNobodyAskedForNeedsNoPlace() {
        String asked = "openat2(AT_FDCWD, \"/etc/resolv.conf\", {flags=O_PATH|O_NOFOLLOW|O_CLOEXEC,"
                + " resolve=RESOLVE_NO_MAGICLINKS|RESOLVE_NO_SYMLINKS}, 24)";
        assertTrue(plan(WIRED).contains(asked + "  (may fail)\n"));
        assertTrue(plan(WIRED + "resolv-conf = host").contains(asked + "\n"));
    }

    @Test
    void serversOfLoopbackAreLeftOutInAnotherNetwork() {
        HostNames host = host("nameserver 127.0.0.1; nameserver 10.0.0.53; nameserver ::1; search a b; options x", "");
        assertEquals(
                MADE + "# left out, for this network does not reach it: 127.0.0.1 ::1\n"
                        + "nameserver 10.0.0.53\nsearch a b\noptions x\n",
                written("resolv.conf", WIRED, host));
    }

    @Test
    void upstreamServersAreAskedWhereAllOthersAreOfLoopback() {
        HostNames host = host("nameserver 127.0.0.53; options trust-ad", "nameserver 10.0.0.53; search up");
        assertEquals(
                MADE + "# left out, for this network does not reach it: 127.0.0.53\n"
                        + "nameserver 10.0.0.53\nsearch up\n",
                written("resolv.conf", WIRED, host));
    }

    @Test
    void networkOfTheHostReachesItsLoopback() {
        HostNames host = host("nameserver 127.0.0.53; options trust-ad", "nameserver 10.0.0.53");
        assertEquals(
                MADE + "nameserver 127.0.0.53\noptions trust-ad\n",
                written("resolv.conf", "jail-preset = standard\nresolv-conf = host", host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fe80::1", "fe80::1%eth0", "0.0.0.0", "::", "::ffff:127.0.0.1", "127.1.2.3", "bogus"})
    void addressThatMeansSomethingElseElsewhereIsLeftOut(String server) {
        assertEquals(
                List.of("10.0.0.53"),
                host("nameserver " + server + "; nameserver 10.0.0.53", "")
                        .elsewhere()
                        .servers());
    }

    @Test
    void ownServersAreInPlaceOfTheHosts() {
        HostNames host = host("nameserver 10.0.0.53; search a; options x", "");
        assertEquals(
                MADE + "nameserver 10.0.0.1\nsearch a\noptions x y\n",
                written("resolv.conf", WIRED + "dns = 10.0.0.1\ndns-option = y", host));
        assertEquals(
                MADE + "nameserver 10.0.0.53\noptions x\n", written("resolv.conf", WIRED + "dns-search = .", host));
        assertEquals(
                MADE + "nameserver 127.0.0.1\n",
                written("resolv.conf", WIRED + "resolv-conf = none\ndns = 127.0.0.1", host));
    }

    @Test
    void fileWithoutServersSaysSo() {
        assertEquals(
                MADE + "# there is no name server; dns names one\n",
                written("resolv.conf", WIRED + "resolv-conf = none", HostNames.USUAL));
        assertEquals(
                MADE + "# left out, for this network does not reach it: 127.0.0.53\n"
                        + "# there is no name server; dns names one\n",
                written("resolv.conf", WIRED, host("nameserver 127.0.0.53", "")));
    }

    /** The launch is tried again: the host may have servers by then. */
    @Test
    void hostThatWasAskedForAndHasNoServerFailsTheLaunch() {
        HostNames host = host("nameserver 127.0.0.53", "nameserver 127.0.0.1");
        PlanRefusal refusal = assertThrows(PlanRefusal.class, () -> plan(WIRED + "resolv-conf = host", host));
        assertEquals(
                "api.ini:5:15: resolv-conf: the host has no name server that this jail's network could reach;"
                        + " write dns = ADDRESS",
                refusal.getMessage());
        assertEquals("", problems(WIRED + "resolv-conf = host"));
        assertTrue(plan(WIRED + "resolv-conf = host\ndns = 10.0.0.1", host)
                .toString()
                .contains("nameserver 10.0.0.1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "net = private | 10.117.0.1 big",
                "net = private,hostname = web | 10.117.0.1 web",
                "net = private,hostname = web.example.org | 10.117.0.1 web.example.org web",
                "net = private,net-address = 10.5.0.7,net-address = fd00::7 | 10.5.0.7 big,fd00::7 big",
                "net = bridge br0,net-address = 10.9.0.5/24 | 10.9.0.5 big",
                "net = bridge br0 | 127.0.1.1 big",
                "net = host,hosts = own | 127.0.1.1 big",
                "net = private,add-host = db:10.0.0.9,add-host = db:fd00::9 | 10.117.0.1 big,10.0.0.9 db,fd00::9 db"
            })
    void hostsHasTheJailsNameWithItsAddress(String lines, String expected) {
        String text = written(
                "hosts", "jail-preset = standard\n" + lines.replace(',', '\n'), host("nameserver 10.0.0.53", ""));
        assertEquals(LOCAL + expected.replace(',', '\n') + "\n", text);
    }

    @Test
    void nameThatIsNoWordIsLeftOut() {
        HostNames odd = new HostNames("a b", HostNames.USUAL.resolver(), NOBODY);
        assertEquals(LOCAL, written("hosts", WIRED, odd));
    }

    @Test
    void onlyNewsOfTheHostIsNews() {
        HostFacts facts = TestHost.UNIFIED.toFacts();
        assertSame(facts, LinuxFacts.with(facts, HostNames.USUAL));
        HostNames news = new HostNames("other", HostNames.USUAL.resolver(), NOBODY);
        assertEquals(news, LinuxFacts.of(LinuxFacts.with(facts, news)).names());
    }

    @Test
    void launchAsksTheHostOnlyIfItNeeds() {
        assertTrue(needs(WIRED));
        assertTrue(needs("clone = fs\nresolv-conf = host"));
        assertFalse(needs("clone = fs\nresolv-conf = none"));
        assertFalse(needs("jail-preset = strict"));
    }

    private static boolean needs(String lines) {
        return LinuxPlanner.needs(TestHost.spec(PLAIN + lines + "\n"), TestHost.UNIFIED.toFacts(), List.of())
                .names();
    }
}
