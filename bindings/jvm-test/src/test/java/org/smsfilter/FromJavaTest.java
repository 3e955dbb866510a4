package org.smsfilter;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.time.LocalTime;
import java.util.Collections;
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
    public void aPolicyIsMadeDescribedAndTried() {
        Policy.Row row = new Policy.Row(Category.PHISHING, Relation.UNKNOWN_MOBILE, Action.SILENT);
        Policy.Window night = new Policy.Window(LocalTime.of(23, 0), LocalTime.of(7, 0));
        Policy policy = new Policy("mine", Collections.singletonList(row), Collections.emptyList(), Collections.singletonList(night));
        assertEquals("陌生号码的钓鱼短信：进入收件箱但不响铃。", policy.describe().get(0).getZh());
        try (SmsFilter filter = SmsFilter.openImage(Rules.INSTANCE.image())) {
            Message message = new Message("13800138000", Rules.LURE);
            assertEquals("phishing/unknown-mobile", filter.decide(message, policy).getDecision().getRow());
            Preview preview = filter.preview(Collections.singletonList(message), Policy.preset(Preset.STRICT), policy);
            assertEquals(Action.SILENT, preview.getMoved().get(0).getTo());
        }
    }

    @Test
    public void refusalsAreUncheckedExceptions() {
        SmsFilterException refused = assertThrows(SmsFilterException.class, () -> SmsFilter.open(Trust.development(), new byte[0]));
        assertEquals("bundle.not-a-bundle", refused.getCode());
    }
}
