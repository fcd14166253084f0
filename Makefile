# Each target is one line over Maven or a script; CI runs the same names.
MVN = mvn -B -ntp

# Checks format, builds, and runs every test that needs neither root nor the kernel's help.
default:
	scripts/format-c
	$(MVN) verify

fmt:
	scripts/format-c --fix
	$(MVN) spotless:apply

test:
	$(MVN) test

# Tests that need root and namespaces.
root-test:
	$(MVN) verify -Demperor.test.groups=kernel -Demperor.excluded.groups=

# Tests of the emperor as process 1, of a container and of a bare PID namespace.
pid1-test:
	scripts/with-engine $(MVN) verify -Demperor.test.groups=pid1 -Demperor.excluded.groups=

# Coverage-guided: the code that checks plans inside the jail, then the readers of settings; SECONDS=60 make fuzz for less.
SECONDS ?= 600
fuzz:
	emperor-core/src/test/native/run.sh emperor-core/target/native-test $(SECONDS)
	scripts/fuzz-language $(SECONDS)

# Edits, kills and blows without a pause; one emperor throughout, or one after the other killed.
soak:
	scripts/soak reign $(SECONDS)

kill-test:
	scripts/soak kill $(SECONDS)

dist:
	$(MVN) package -DskipTests

# Launches, reactions and memory, beside other tools of this machine; needs root.
bench:
	scripts/bench

.PHONY: default fmt test root-test pid1-test fuzz soak kill-test dist bench
