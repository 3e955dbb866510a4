package org.smsfilter;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import org.junit.Test;

/** The facade reads well from Java. */
public class FromJavaTest {
    @Test
    public void threeLinesToAVerdict() {
        try (SmsFilter filter = SmsFilter.openImage(Rules.INSTANCE.image())) {
            Received received = filter.receive(new Message("13800138000", Rules.LURE));
            assertEquals(Action.QUARANTINE, received.getAction());
            assertEquals("钓鱼 · 政务", received.getTitle());
            assertEquals(Action.INBOX, filter.decide(new Message("", Rules.LURE), Preset.OFF).getDecision().getAction());
        }
    }

    @Test
    public void refusalsAreUncheckedExceptions() {
        SmsFilterException refused = assertThrows(SmsFilterException.class, () -> SmsFilter.open(Trust.development(), new byte[0]));
        assertEquals("bundle.not-a-bundle", refused.getCode());
    }
}
