package org.emperor.lang;

import java.util.List;

/** Settings after the configuration language, and what of them could not be understood, each in file order. */
public record Reading(List<Setting> settings, List<Problem> problems) {
    public Reading {
        settings = List.copyOf(settings);
        problems = List.copyOf(problems);
    }
}
