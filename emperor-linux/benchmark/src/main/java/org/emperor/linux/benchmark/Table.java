package org.emperor.linux.benchmark;

import java.util.ArrayList;
import java.util.List;

/** A table of results under a title, as Markdown that can be read as it is. */
record Table(String title, String note, List<String> head, List<List<String>> rows) {

    Table {
        head = List.copyOf(head);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != head.size()) {
                throw new IllegalArgumentException("row out of shape: " + row);
            }
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("## " + title + "\n\n" + note + "\n\n");
        line(text, head);
        text.append('|');
        for (int column = 0; column < head.size(); column++) {
            text.append(" ").append("-".repeat(width(column) - (column == 0 ? 0 : 1)));
            text.append(column == 0 ? " |" : ": |");
        }
        text.append('\n');
        rows.forEach(row -> line(text, row));
        return text.toString();
    }

    /** The first column is text, to the left; the others are numbers, to the right. */
    private void line(StringBuilder text, List<String> cells) {
        text.append('|');
        for (int column = 0; column < cells.size(); column++) {
            String padding = " ".repeat(width(column) - cells.get(column).length());
            String cell = cells.get(column);
            text.append(' ')
                    .append(column == 0 ? cell + padding : padding + cell)
                    .append(" |");
        }
        text.append('\n');
    }

    private int width(int column) {
        List<String> cells = new ArrayList<>(List.of(head.get(column), "---"));
        rows.forEach(row -> cells.add(row.get(column)));
        return cells.stream().mapToInt(String::length).max().orElseThrow();
    }
}
