package org.emperor.linux.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResolverTest {
    @Test
    void whatCountsOfAFileIsRead() {
        Resolver resolver = Resolver.parse(List.of(
                "# made by hand",
                "; so too",
                "domain first.example",
                "search one.example two.example",
                "nameserver 10.0.0.1",
                "  nameserver\t10.0.0.2  10.0.0.3",
                "nameserver",
                "sortlist 10.0.0.0",
                "options ndots:2 rotate",
                "options edns0"));
        assertEquals(List.of("10.0.0.1", "10.0.0.2"), resolver.servers());
        assertEquals(List.of("one.example", "two.example"), resolver.search());
        assertEquals(List.of("ndots:2", "rotate", "edns0"), resolver.options());
    }

    @Test
    void lastOfSearchAndDomainCounts() {
        assertEquals(
                List.of("b"), Resolver.parse(List.of("search a c", "domain b")).search());
    }

    @Test
    void wordThatCouldBreakALineIsNotThere() {
        Resolver resolver = Resolver.parse(List.of("search a;b good \u0007 é", "nameserver \u001b[0m"));
        assertEquals(List.of("good"), resolver.search());
        assertEquals(List.of(), resolver.servers());
    }

    @Test
    void factSaysTheSame() {
        Resolver resolver = new Resolver(List.of("10.0.0.1", "::1"), List.of("a", "b"), List.of("rotate"));
        assertEquals("nameserver 10.0.0.1; nameserver ::1; search a b; options rotate", resolver.text());
        assertEquals(resolver, Resolver.of(resolver.text()));
        assertEquals(Resolver.NONE, Resolver.of(Resolver.NONE.text()));
    }
}
