package org.emperor.lang;

/**
 * What is wrong with a file, for its author: where, which key, the rule that was broken and what to write instead.
 * {@code key} is empty when the problem is not one key's; {@code remedy} may be empty.
 */
public record Problem(Position position, String key, String rule, String remedy) {

    /** {@code file:line:column: key: rule; remedy}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(position).append(": ");
        if (!key.isEmpty()) {
            text.append(key).append(": ");
        }
        text.append(rule);
        if (!remedy.isEmpty()) {
            text.append("; ").append(remedy);
        }
        return text.toString();
    }
}
