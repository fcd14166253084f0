package org.emperor.spec;

import org.emperor.lang.Shown;

/** A resource limit; {@link #UNLIMITED} is no limit. */
public record ResourceLimit(Resource resource, long soft, long hard) {
    public static final long UNLIMITED = -1;

    /** Each the greater one of the two. */
    public ResourceLimit orGreater(long otherSoft, long otherHard) {
        return new ResourceLimit(resource, greater(soft, otherSoft), greater(hard, otherHard));
    }

    private static long greater(long one, long other) {
        return Long.compareUnsigned(one, other) < 0 ? other : one; // unlimited is the greatest
    }

    /** {@code BOTH} or {@code SOFT:HARD}, each a number or {@code unlimited}. */
    public static Parsed<ResourceLimit> parse(Resource resource, String text) {
        int colon = text.indexOf(':');
        Parsed<Long> soft = one(resource, colon < 0 ? text : text.substring(0, colon));
        Parsed<Long> hard = colon < 0 ? soft : one(resource, text.substring(colon + 1));
        return soft.then(low -> hard.then(high -> limit(resource, low, high)));
    }

    private static Parsed<ResourceLimit> limit(Resource resource, long soft, long hard) {
        boolean above = hard != UNLIMITED && (soft == UNLIMITED || soft > hard);
        return above
                ? Parsed.unfit("the soft limit is above the hard one", "write SOFT:HARD")
                : Parsed.value(new ResourceLimit(resource, soft, hard));
    }

    private static Parsed<Long> one(Resource resource, String text) {
        if (text.equals("unlimited") || text.equals("infinity")) {
            return Parsed.value(UNLIMITED);
        }
        Parsed<Long> number = resource.isSize() ? Sizes.parse(text) : Forms.count(text);
        if (number.value().isPresent() && resource.needsUnit() && Sizes.isBare(text)) {
            return Parsed.unfit(
                    Shown.quoted(text) + " has no unit: uWSGI counts megabytes here, others bytes",
                    "write for instance 512M");
        }
        return number;
    }
}
