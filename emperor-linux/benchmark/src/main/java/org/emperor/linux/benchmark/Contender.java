package org.emperor.linux.benchmark;

import java.util.ArrayList;
import java.util.List;

/** Somebody who launches into one shape of jail: what one order to a driver measures, under one name for each number. */
final class Contender {
    private final Driver driver;
    private final String order;
    private final List<String> names;
    private final List<List<Long>> samples = new ArrayList<>();

    Contender(Driver driver, String order, List<String> names) {
        this.driver = driver;
        this.order = order;
        this.names = List.copyOf(names);
        names.forEach(name -> samples.add(new ArrayList<>()));
    }

    /** The first number is raw's equal: from before the launch to after the reap. */
    List<String> names() {
        return names;
    }

    void warmUp(int launches) {
        driver.run(launches, order);
    }

    void run(int launches) {
        for (long[] numbers : driver.run(launches, order)) {
            for (int i = 0; i < numbers.length; i++) {
                samples.get(i).add(numbers[i]);
            }
        }
    }

    Samples samples(int name) {
        return Samples.of(samples.get(name));
    }
}
