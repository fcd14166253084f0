package org.emperor.spec;

import java.util.Optional;
import java.util.function.Function;

/** What a text turned out to be: a value, or why it is none. */
public sealed interface Parsed<T> {

    record Value<T>(T content) implements Parsed<T> {}

    /**
     * @param rule what is wrong, as the middle of a problem's text
     * @param remedy what to write instead
     * @param index where in the text; 0 if it is all of it
     */
    record Unfit<T>(String rule, String remedy, int index) implements Parsed<T> {}

    static <T> Parsed<T> value(T content) {
        return new Value<>(content);
    }

    static <T> Parsed<T> unfit(String rule, String remedy) {
        return new Unfit<>(rule, remedy, 0);
    }

    /** The value if the text was one. */
    default Optional<T> value() {
        return this instanceof Value<T> value ? Optional.of(value.content()) : Optional.empty();
    }

    /** What the function makes of the value. */
    default <R> Parsed<R> then(Function<T, Parsed<R>> next) {
        if (this instanceof Unfit<T> unfit) {
            return new Unfit<>(unfit.rule(), unfit.remedy(), unfit.index());
        }
        return next.apply(((Value<T>) this).content());
    }
}
