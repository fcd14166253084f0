package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.emperor.lang.Shown;
import org.emperor.spec.Digits;
import org.emperor.spec.Parsed;
import org.emperor.spec.Sizes;

/**
 * How fast one block device may be used, as in io.max: {@code MAJOR:MINOR rbps=10M wiops=100}.
 *
 * @param rates a number for each kind that is given; {@link #UNLIMITED} is no limit
 */
record IoBound(String device, Map<String, Long> rates) {
    static final long UNLIMITED = -1;

    private static final Map<String, String> LEGACY_FILES = Map.of(
            "rbps", "blkio.throttle.read_bps_device",
            "wbps", "blkio.throttle.write_bps_device",
            "riops", "blkio.throttle.read_iops_device",
            "wiops", "blkio.throttle.write_iops_device");
    private static final String ALLOWED =
            "write MAJOR:MINOR as lsblk(8) shows it, then one or more of rbps= wbps= riops= wiops=";

    IoBound {
        rates = new TreeMap<>(rates);
    }

    static Parsed<IoBound> parse(String text) {
        String[] words = text.strip().split(" +", -1);
        if (!isDevice(words[0])) {
            return Parsed.unfit(Shown.quoted(words[0]) + " is no block device", ALLOWED);
        }
        Map<String, Long> rates = new TreeMap<>();
        for (String word : List.of(words).subList(1, words.length)) {
            int equals = word.indexOf('=');
            String kind = equals < 0 ? word : word.substring(0, equals);
            long rate = rate(word.substring(equals + 1));
            if (!LEGACY_FILES.containsKey(kind) || rate == 0 || rates.put(kind, rate) != null) {
                return Parsed.unfit(Shown.quoted(word) + " is no rate, or stands there twice", ALLOWED);
            }
        }
        return rates.isEmpty() ? Parsed.unfit("bounds nothing", ALLOWED) : Parsed.value(new IoBound(words[0], rates));
    }

    private static boolean isDevice(String text) {
        int colon = text.indexOf(':');
        return colon > 0 && Digits.are(text.substring(0, colon), 4) && Digits.are(text.substring(colon + 1), 7);
    }

    /** 0 if it is none. */
    private static long rate(String text) {
        return text.equals("max") ? UNLIMITED : Sizes.parse(text).value().orElse(0L);
    }

    CgroupFile unified() {
        StringBuilder text = new StringBuilder(device);
        rates.forEach((kind, rate) ->
                text.append(' ').append(kind).append('=').append(rate == UNLIMITED ? "max" : rate.toString()));
        return new CgroupFile("io.max", text.toString());
    }

    /** Of v1, where 0 takes a bound away. */
    List<CgroupFile> legacy() {
        List<CgroupFile> files = new ArrayList<>();
        rates.forEach((kind, rate) -> files.add(
                new CgroupFile(LEGACY_FILES.getOrDefault(kind, ""), device + " " + (rate == UNLIMITED ? 0 : rate))));
        return files;
    }
}
