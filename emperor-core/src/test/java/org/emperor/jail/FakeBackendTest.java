package org.emperor.jail;

import org.emperor.realm.ManualClock;
import org.emperor.realm.Moment;
import org.emperor.realm.Specs;
import org.emperor.spec.VassalSpec;

class FakeBackendTest extends JailBackendContract {
    private final ManualClock clock = new ManualClock();

    @Override
    protected JailBackend open() {
        return new FakeBackend(clock);
    }

    @Override
    protected Moment now() {
        return clock.get();
    }

    @Override
    protected VassalSpec spec(String name, String... argv) {
        return Specs.spec(name, argv);
    }
}
