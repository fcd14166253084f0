package org.emperor.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import java.util.function.Function;

/** The few facts about the emperor's own virtual machine; Micrometer's binders would add some forty series. */
final class JvmMeters {
    private JvmMeters() {}

    static void bindTo(MeterRegistry registry) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory(registry, memory, "heap", MemoryMXBean::getHeapMemoryUsage);
        memory(registry, memory, "nonheap", MemoryMXBean::getNonHeapMemoryUsage);
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collector(registry, collector);
        }
        Gauge.builder("jvm.threads", ManagementFactory.getThreadMXBean(), ThreadMXBean::getThreadCount)
                .description("Live Java threads")
                .register(registry);
    }

    private static void memory(
            MeterRegistry registry, MemoryMXBean memory, String area, Function<MemoryMXBean, MemoryUsage> usage) {
        Gauge.builder("jvm.memory.used", memory, bean -> usage.apply(bean).getUsed())
                .description("Memory in use")
                .baseUnit("bytes")
                .tag("area", area)
                .register(registry);
        Gauge.builder("jvm.memory.committed", memory, bean -> usage.apply(bean).getCommitted())
                .description("Memory taken from the system")
                .baseUnit("bytes")
                .tag("area", area)
                .register(registry);
    }

    private static void collector(MeterRegistry registry, GarbageCollectorMXBean collector) {
        FunctionCounter.builder("jvm.gc.collections", collector, GarbageCollectorMXBean::getCollectionCount)
                .description("Garbage collections")
                .tag("gc", collector.getName())
                .register(registry);
        FunctionCounter.builder("jvm.gc.time", collector, bean -> bean.getCollectionTime() / 1e3)
                .description("Time spent in garbage collection")
                .baseUnit("seconds")
                .tag("gc", collector.getName())
                .register(registry);
    }
}
