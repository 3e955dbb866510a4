package org.smsfilter;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import android.content.Context;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.RuntimeEnvironment;

/** Index, receiver and ledgers read well from Java. */
@RunWith(AndroidRunner.class)
public class FromJavaTest {
    private final Context context = RuntimeEnvironment.getApplication();

    private static Received quarantined(Message message) {
        return new Received(Category.FRAUD, 1, 970, 120, Collections.emptySet(), Action.QUARANTINE, null, "default", false, null);
    }

    @Test
    public void aMessageIsReceivedReplayedListedAndRestored() {
        SmsProvider provider = Robolectric.setupContentProvider(SmsProvider.class, "sms").open(new File(context.getCacheDir(), "mmssms.db"));
        List<Long> told = new ArrayList<>();
        long now = System.currentTimeMillis();
        try (Index index = Index.open(context)) {
            MessageStore messages = new TelephonyMessages(context.getContentResolver());
            Receiver receiver = new Receiver(
                    messages, index, FromJavaTest::quarantined, (id, message, received) -> told.add(id), received -> 30);
            receiver.receive(new Delivery(new Message("10690000000000", "坏消息", now)));
            assertEquals(0, receiver.replay(now));
            assertEquals(Collections.singletonList(1L), told);

            IndexEntry entry = index.page(Action.QUARANTINE).get(0);
            assertTrue(entry.isHidden() && entry.isNotified());
            assertEquals(entry, index.get(1L));
            assertTrue(index.restore(1L, now));
            assertFalse(index.get(1L).isHidden());
            assertEquals(1, index.effects().between(0, Long.MAX_VALUE).get(0).getRestored());
            assertTrue(index.reports().page().isEmpty() && index.consents().page().isEmpty() && index.signatures().all().isEmpty());
        }
        provider.getDb().close();
    }

    @Test
    public void aReportIsDraftedSentAndAnswered() throws IOException {
        byte[] image = Files.readAllBytes(Paths.get(System.getProperty("smsfilter.target"), "national.smsi"));
        long now = System.currentTimeMillis();
        Message message = new Message("13800138000", "低息贷款，无抵押，当天放款，加微信 abc123", now);
        try (SmsFilter filter = SmsFilter.openImage(image); Index index = Index.open(context)) {
            Ledgers ledgers = new Ledgers(filter, index);
            ReportEntry report = ledgers.begin(1, ledgers.draftReport(message, "china-mobile"), now);
            ledgers.on(report.getId(), ReportEvent.PREVIEWED, now);
            ledgers.queue(report.getId(), 1);
            Turn.Send turn = (Turn.Send) ledgers.next(now);
            assertEquals(0, turn.getStep());
            assertEquals(ReportState.SENT, ledgers.settle(turn.getDispatch(), Outcome.SENT, now).getState());
            assertEquals(ReportState.ANSWERED, ledgers.on(report.getId(), ReportEvent.ANSWERED, now).getState());
            assertEquals("请致电‹phone›", SmsFilter.redact("请致电13800138000").getText());
        }
    }
}
