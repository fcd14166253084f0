package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.emperor.lang.Shown;
import org.emperor.spec.Digits;
import org.emperor.spec.Form;
import org.emperor.spec.Parsed;

/** Turns the settings of {@link CgroupOptions} into {@link CgroupSettings}. */
final class CgroupReader {
    private static final int USUAL_MODE = 0700;
    private static final int HEAVIEST = 10_000;

    private final List<Problem> problems;
    private Optional<Amount> memoryMax = Optional.empty();
    private Optional<Amount> memoryHigh = Optional.empty();
    private Optional<Amount> memorySwapMax = Optional.empty();
    private final List<CgroupLimit> others = new ArrayList<>();
    private final List<String> shared = new ArrayList<>();
    private final List<CgroupFile> sharedFiles = new ArrayList<>();
    private int sharedMode = USUAL_MODE;

    CgroupReader(List<Problem> problems) {
        this.problems = problems;
    }

    CgroupSettings settings() {
        return new CgroupSettings(memoryMax, memoryHigh, memorySwapMax, others, shared, sharedFiles, sharedMode);
    }

    void read(Setting setting) {
        switch (setting.key()) {
            case CgroupOptions.MEMORY_MAX -> memoryMax = some(setting);
            case CgroupOptions.MEMORY_HIGH -> memoryHigh = some(setting);
            case CgroupOptions.MEMORY_SWAP_MAX -> memorySwapMax = value(setting, Amount.parse(setting.value()));
            case CgroupOptions.MEMORY_OOM_GROUP -> oomGroup(setting);
            case CgroupOptions.CPU_MAX ->
                value(setting, CpuTime.parse(setting.value())).ifPresent(this::cpuMax);
            case CgroupOptions.CPU_WEIGHT -> weight(setting).ifPresent(this::cpuWeight);
            case CgroupOptions.CPUSET_CPUS -> set(setting, "cpuset.cpus", "processors");
            case CgroupOptions.CPUSET_MEMS -> set(setting, "cpuset.mems", "memory nodes");
            case CgroupOptions.IO_MAX ->
                value(setting, IoBound.parse(setting.value())).ifPresent(this::ioMax);
            case CgroupOptions.IO_WEIGHT -> weight(setting).ifPresent(this::ioWeight);
            case CgroupOptions.CGROUP -> directory(setting);
            case CgroupOptions.CGROUP_OPT -> file(setting);
            case CgroupOptions.CGROUP_DIR_MODE -> sharedMode = Integer.parseInt(setting.value(), 8);
            default -> throw new IllegalStateException(setting.key() + " is not about cgroups");
        }
    }

    /** No program lives in no memory at all. */
    private Optional<Amount> some(Setting setting) {
        Optional<Amount> amount = value(setting, Amount.parse(setting.value()));
        if (amount.filter(Amount::isNothing).isPresent()) {
            problem(setting, "must be more than nothing", "write for instance 512M");
        }
        return amount;
    }

    private void oomGroup(Setting setting) {
        String text = isTrue(setting.value()) ? "1" : "0";
        add(setting.key(), Controller.MEMORY, List.of(new CgroupFile("memory.oom.group", text)), List.of());
    }

    /** Its form was checked. */
    private static boolean isTrue(String flag) {
        return Form.isOn(flag);
    }

    private void cpuMax(CpuTime time) {
        List<CgroupFile> legacy = new ArrayList<>();
        if (!time.hasUsualPeriod()) {
            legacy.add(new CgroupFile("cpu.cfs_period_us", Long.toString(time.period())));
        }
        legacy.add(new CgroupFile("cpu.cfs_quota_us", Long.toString(time.quota())));
        add(CgroupOptions.CPU_MAX, Controller.CPU, List.of(new CgroupFile("cpu.max", time.toString())), legacy);
    }

    /** The kernel's own measure: 100 of v2 are 1024 shares of v1 (CGROUP_WEIGHT_DFL and NICE_0_LOAD). */
    private void cpuWeight(int weight) {
        String shares = Integer.toString((weight * 1024 + 50) / 100);
        add(
                CgroupOptions.CPU_WEIGHT,
                Controller.CPU,
                List.of(new CgroupFile("cpu.weight", Integer.toString(weight))),
                List.of(new CgroupFile("cpu.shares", shares)));
    }

    private void set(Setting setting, String file, String what) {
        String list = setting.value().replace(" ", "");
        if (CpuList.parse(list).isEmpty()) {
            problem(setting, Shown.quoted(setting.value()) + " are no " + what, "write for instance 0-3,8");
        }
        others.add(CgroupLimit.of(setting.key(), Controller.CPUSET, new CgroupFile(file, list)));
    }

    private void ioMax(IoBound bound) {
        add(CgroupOptions.IO_MAX, Controller.IO, List.of(bound.unified()), bound.legacy());
    }

    /** BFQ counts to 1000, but 100 is usual there too; both ends keep their place, as with systemd. */
    private void ioWeight(int weight) {
        String bfq = Integer.toString(weight <= 100 ? weight : 100 + (weight - 100) * 900 / 9900);
        others.add(new CgroupLimit(
                CgroupOptions.IO_WEIGHT,
                Controller.IO,
                List.of(
                        new CgroupFile("io.weight", "default " + weight),
                        new CgroupFile("io.bfq.weight", "default " + bfq)),
                List.of(new CgroupFile("blkio.bfq.weight", bfq)),
                true));
    }

    private Optional<Integer> weight(Setting setting) {
        String text = setting.value();
        boolean fits = Digits.are(text, 5) && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= HEAVIEST;
        if (!fits) {
            problem(setting, Shown.quoted(text) + " is no weight", "write 1 to " + HEAVIEST + "; 100 is usual");
        }
        return fits ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    private void directory(Setting setting) {
        String path = setting.value();
        boolean plain = !(path + "/").contains("/../") && !(path + "/").contains("/./") && !path.contains("//");
        if (!plain || path.endsWith("/")) {
            problem(setting, "is not the plain path of a directory", "leave out . and .. and slashes too many");
        }
        shared.add(path);
    }

    /** As uWSGI: what stands before the first =, or before the first colon. */
    private void file(Setting setting) {
        String text = setting.value();
        int end = text.indexOf('=') >= 0 ? text.indexOf('=') : text.indexOf(':');
        String name = end < 0 ? "" : text.substring(0, end).strip();
        if (name.isEmpty() || name.contains("/") || name.indexOf('.') < 1) {
            problem(setting, "names no file of a cgroup", "write FILE=TEXT, such as memory.limit_in_bytes=64M");
            return;
        }
        sharedFiles.add(new CgroupFile(name, text.substring(end + 1).strip()));
    }

    private void add(String key, Controller controller, List<CgroupFile> unified, List<CgroupFile> legacy) {
        others.add(CgroupLimit.of(key, controller, unified, legacy));
    }

    private <T> Optional<T> value(Setting setting, Parsed<T> parsed) {
        if (parsed instanceof Parsed.Unfit<T> unfit) {
            problem(setting, unfit.rule(), unfit.remedy());
        }
        return parsed.value();
    }

    private void problem(Setting setting, String rule, String remedy) {
        problems.add(new Problem(setting.position(), setting.key(), rule, remedy));
    }
}
