package org.emperor.linux.benchmark;

/** What {@code docs/architecture.md} promises for a measure, in the unit the measure is shown in. */
record Budget(double most, String text) {

    static Budget ratio(double most) {
        return new Budget(most, "≤ " + Numbers.digits(most) + " × raw");
    }

    static Budget value(double most, String unit) {
        return new Budget(most, "≤ " + Numbers.digits(most) + " " + unit);
    }

    /** The budget and whether the measured value keeps it. */
    String verdict(double measured) {
        return text + (measured <= most ? ": kept" : ": missed");
    }
}
