package org.example;

import org.smsfilter.Action;
import org.smsfilter.Message;
import org.smsfilter.MessageFilter;
import org.smsfilter.Received;

/** Where an application puts a message: what it asks is the interface, so that a test can answer. */
public final class Inbox {
    private final MessageFilter filter;
    private int unread;

    public Inbox(MessageFilter filter) {
        this.filter = filter;
    }

    public Action place(Message message) {
        Received received = filter.receive(message);
        if (received.getAction().compareTo(Action.SILENT) < 0) {
            unread++;
        }
        return received.getAction();
    }

    /** Messages that the user was told of. */
    public int unread() {
        return unread;
    }
}
