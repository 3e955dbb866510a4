package org.example;

import static org.junit.Assert.assertEquals;

import java.util.Arrays;
import org.junit.Test;
import org.smsfilter.Action;
import org.smsfilter.Category;
import org.smsfilter.Message;
import org.smsfilter.testing.FakeSmsFilter;

/** An application's own test, with the fake. */
public class InboxTest {
    private final Message message = new Message("10086", "您的话费余额为10元");

    @Test
    public void quarantinedMessagesAreNotCounted() {
        FakeSmsFilter filter = new FakeSmsFilter();
        Inbox inbox = new Inbox(filter);
        assertEquals(Action.INBOX, inbox.place(message));
        filter.setAnswer(new FakeSmsFilter.Answer(Category.FRAUD, Action.QUARANTINE));
        assertEquals(Action.QUARANTINE, inbox.place(message));
        assertEquals(1, inbox.unread());
        assertEquals(Arrays.asList(message, message), filter.getAsked());
    }
}
