package org.emperor.linux.plan;

import org.emperor.lang.Shown;
import org.emperor.spec.Digits;
import org.emperor.spec.Parsed;

/**
 * How much processor time there is in each period, both in microseconds.
 *
 * @param quota of all processors together; {@link #UNLIMITED} is no limit
 */
record CpuTime(long quota, long period) {
    static final long UNLIMITED = -1;

    private static final long USUAL_PERIOD = 100_000;
    private static final long LEAST = 1000; // min_cfs_quota_period of kernel/sched
    private static final long LONGEST_PERIOD = 1_000_000;
    /** Of % a vassal file needs two. */
    private static final String ALLOWED =
            "write 150%% or 1.5 cpus, or QUOTA PERIOD in microseconds such as 150000 100000, or max";

    /** {@code 150%} of a processor, {@code 1.5 cpus}, {@code QUOTA [PERIOD]} as in cpu.max, {@code max [PERIOD]}. */
    static Parsed<CpuTime> parse(String text) {
        String[] words = text.strip().split(" +", -1);
        if (words.length == 1 && text.endsWith("%")) {
            String digits = text.substring(0, text.length() - 1);
            return Digits.are(digits, 7) ? checked(Long.parseLong(digits) * (USUAL_PERIOD / 100), text) : unfit(text);
        }
        if (words.length == 2 && (words[1].equals("cpus") || words[1].equals("cpu"))) {
            return processors(words[0], text);
        }
        boolean unlimited = words[0].equals("max");
        boolean known = unlimited || Digits.are(words[0], 12);
        if (!known || words.length > 2 || (words.length == 2 && !Digits.are(words[1], 7))) {
            return unfit(text);
        }
        long period = words.length == 2 ? Long.parseLong(words[1]) : USUAL_PERIOD;
        if (period < LEAST || period > LONGEST_PERIOD) {
            return Parsed.unfit("the period is out of range", "write 1000 to 1000000 microseconds");
        }
        CpuTime time = new CpuTime(unlimited ? UNLIMITED : Long.parseLong(words[0]), period);
        return unlimited || time.quota >= LEAST ? Parsed.value(time) : tooLittle(text);
    }

    private static Parsed<CpuTime> processors(String number, String text) {
        int point = number.indexOf('.');
        String whole = point < 0 ? number : number.substring(0, point);
        String rest = point < 0 ? "0" : number.substring(point + 1);
        if (!Digits.are(whole, 5) || !Digits.are(rest, 3)) {
            return unfit(text);
        }
        long thousandths = Long.parseLong((rest + "00").substring(0, 3));
        return checked((Long.parseLong(whole) * 1000 + thousandths) * (USUAL_PERIOD / 1000), text);
    }

    private static Parsed<CpuTime> checked(long quota, String text) {
        return quota < LEAST ? tooLittle(text) : Parsed.value(new CpuTime(quota, USUAL_PERIOD));
    }

    private static Parsed<CpuTime> tooLittle(String text) {
        return Parsed.unfit(Shown.quoted(text) + " is less than 1000 microseconds", ALLOWED);
    }

    private static Parsed<CpuTime> unfit(String text) {
        return Parsed.unfit(Shown.quoted(text) + " is no amount of processor time", ALLOWED);
    }

    boolean hasUsualPeriod() {
        return period == USUAL_PERIOD;
    }

    @Override
    public String toString() {
        return (quota == UNLIMITED ? "max" : Long.toString(quota)) + " " + period;
    }
}
