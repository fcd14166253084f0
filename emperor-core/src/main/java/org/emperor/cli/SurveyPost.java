package org.emperor.cli;

import java.util.List;
import org.emperor.loop.Command;
import org.emperor.loop.Mailbox;
import org.emperor.monitor.Change;
import org.emperor.monitor.Survey;

/**
 * What the vassal reader's thread sends to the loop; waiting there for a full mailbox is right, losing a change is not. Each
 * command wakes the loop, so only news are sent.
 */
final class SurveyPost {
    private final Mailbox mailbox;
    private List<String> troubles = List.of();
    private int wanted;

    SurveyPost(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    void send(Survey survey) {
        try {
            if (!survey.changes().isEmpty()) {
                wanted += (int) survey.changes().stream()
                        .filter(change -> change.kind() == Change.Kind.APPEARED)
                        .count();
                mailbox.put(new Command.Changes(survey.changes()));
            }
            if (!survey.troubles().equals(troubles)) {
                troubles = survey.troubles();
                mailbox.put(new Command.Troubles(troubles));
            }
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException("nobody interrupts the vassal reader", unexpected);
        }
    }

    /** How many vassals have been sent. */
    int wanted() {
        return wanted;
    }
}
