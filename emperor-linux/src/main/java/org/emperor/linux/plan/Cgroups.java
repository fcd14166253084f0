package org.emperor.linux.plan;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The cgroup trees of a host as far as the emperor can use them.
 *
 * @param tree directory of the v2 cgroup this process is in, empty if there is none to use
 * @param controls what can limit, and where
 * @param lacking files that cgroups of this kernel do not have although their controller is there
 * @param cpus the processors that the emperor's own cgroup may use, such as {@code 0-3}; empty if nobody tells
 * @param nodes the memory nodes, likewise
 * @param hierarchies where each v1 controller is mounted, whether it is one of ours or not
 */
public record Cgroups(
        String tree,
        Map<Controller, Control> controls,
        Set<String> lacking,
        String cpus,
        String nodes,
        SortedMap<String, String> hierarchies) {
    private static final String CONTROL = "cgroup-";
    private static final String HIERARCHY = "cgroup1-";

    private static final Control ABSENT = Control.none("this host has no cgroups");

    /** Nothing that could hold a jail, nor limit one. */
    public static final Cgroups NONE = new Cgroups("", controls(ABSENT), Set.of(), "", "", new TreeMap<>());

    public Cgroups {
        Map<Controller, Control> known = new EnumMap<>(Controller.class);
        known.putAll(controls);
        controls = Collections.unmodifiableMap(known);
        lacking = Collections.unmodifiableSet(new TreeSet<>(lacking));
        hierarchies = Collections.unmodifiableSortedMap(new TreeMap<>(hierarchies));
    }

    /** One v2 tree with everything in it. */
    public static Cgroups unified(String tree) {
        return new Cgroups(tree, controls(Control.UNIFIED), Set.of(), "", "", new TreeMap<>());
    }

    public Control control(Controller controller) {
        Control control = controls.get(controller);
        return control == null ? ABSENT : control;
    }

    boolean has(String file) {
        return !lacking.contains(file);
    }

    public Cgroups with(Controller controller, Control control) {
        return replacing(tree, is -> is, Map.of(controller, control));
    }

    /** Without the v2 tree and what it limits. */
    public Cgroups withoutTree(String why) {
        return replacing("", is -> is.by() == Control.By.UNIFIED ? Control.none(why) : is, Map.of());
    }

    /** Without what v1 limits. */
    public Cgroups withoutHierarchies(String why) {
        return replacing(tree, is -> is.by() == Control.By.LEGACY ? Control.none(why) : is, Map.of());
    }

    public Cgroups withLacking(Set<String> files) {
        Set<String> all = new TreeSet<>(lacking);
        all.addAll(files);
        return new Cgroups(tree, controls, all, cpus, nodes, hierarchies);
    }

    private Cgroups replacing(String newTree, UnaryOperator<Control> each, Map<Controller, Control> these) {
        Map<Controller, Control> replaced = new EnumMap<>(controls);
        replaced.replaceAll((controller, is) -> each.apply(is));
        replaced.putAll(these);
        return new Cgroups(newTree, replaced, lacking, cpus, nodes, hierarchies);
    }

    private static Map<Controller, Control> controls(Control all) {
        Map<Controller, Control> controls = new EnumMap<>(Controller.class);
        for (Controller controller : Controller.values()) {
            controls.put(controller, all);
        }
        return controls;
    }

    void tell(Map<String, String> facts) {
        facts.put("cgroup2", tree);
        controls.forEach((controller, control) -> facts.put(CONTROL + controller.word(), control.toString()));
        facts.put("cgroup-lacking", String.join(" ", lacking));
        facts.put("cgroup-cpus", cpus);
        facts.put("cgroup-mems", nodes);
        hierarchies.forEach((name, mount) -> facts.put(HIERARCHY + name, mount));
    }

    static Cgroups of(SortedMap<String, String> facts) {
        Map<Controller, Control> controls = new EnumMap<>(Controller.class);
        for (Controller controller : Controller.values()) {
            controls.put(controller, Control.of(facts.getOrDefault(CONTROL + controller.word(), "no")));
        }
        SortedMap<String, String> hierarchies = new TreeMap<>();
        facts.tailMap(HIERARCHY).forEach((fact, mount) -> {
            if (fact.startsWith(HIERARCHY)) {
                hierarchies.put(fact.substring(HIERARCHY.length()), mount);
            }
        });
        String lacking = facts.getOrDefault("cgroup-lacking", "");
        return new Cgroups(
                facts.getOrDefault("cgroup2", ""),
                controls,
                lacking.isEmpty() ? Set.of() : Set.of(lacking.split(" ", -1)),
                facts.getOrDefault("cgroup-cpus", ""),
                facts.getOrDefault("cgroup-mems", ""),
                hierarchies);
    }
}
