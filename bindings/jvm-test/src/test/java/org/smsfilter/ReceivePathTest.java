package org.smsfilter;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import org.junit.Test;
import org.smsfilter.internal.ReceivePath;

/** The receive path holds against callers that know no facade. */
public class ReceivePathTest {
    private static final int CLOSED = 1 << 16;
    private static final int ARGUMENT = 2 << 16;

    private static long[] receive(long key, String sender, String body, int offset, int known, int preset) {
        return ReceivePath.receive(key, sender, body, -1, offset, -1, null, known, preset);
    }

    private static void assertDelivered(int failure, long[] answer) {
        long row = 0x00746c7561666564L; // "default", the first letter lowest
        assertArrayEquals(new long[] {0, 0, 0, 0, failure, 0, -1, row}, answer);
    }

    @Test
    public void keysThatAreNotOpenAreRefused() {
        long closed = ReceivePath.open(null, Rules.INSTANCE.image());
        ReceivePath.close(closed);
        long open = ReceivePath.open(null, Rules.INSTANCE.image());
        String text = Rules.LURE;
        for (long key : new long[] {closed, 0, -1, 1, open + 1, open ^ (1L << 32), Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertDelivered(CLOSED, receive(key, text, text, 0, 2, 2));
            ReceivePath.close(key);
        }
        assertEquals(Category.PHISHING.ordinal(), receive(open, text, text, 0, 2, 2)[0]);
        ReceivePath.close(open);
    }

    @Test
    public void argumentsOutOfRangeDeliver() {
        long key = ReceivePath.open(null, Rules.INSTANCE.image());
        String text = Rules.LURE;
        assertDelivered(ARGUMENT, receive(key, null, text, 0, 2, 2));
        assertDelivered(ARGUMENT, receive(key, text, null, 0, 2, 2));
        assertDelivered(ARGUMENT, receive(key, text, text, 40000, 2, 2));
        for (int wrong : new int[] {-2, 3, 4, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertDelivered(ARGUMENT, receive(key, text, text, 0, wrong, 2));
            assertDelivered(ARGUMENT, receive(key, text, text, 0, 2, wrong == 3 ? 4 : wrong));
        }
        assertDelivered(ARGUMENT, ReceivePath.receive(key, text, text, -1, 0, 0, null, 2, 2));
        ReceivePath.close(key);
    }

    @Test
    public void noImageHasNoKey() {
        assertEquals(0, ReceivePath.open(null, null));
        assertEquals(0, ReceivePath.open(null, new byte[] {1, 2, 3}));
    }

    @Test
    public void numbersInNoTableHaveNoTitle() {
        for (int wrong : new int[] {-1, 9, 1 << 8, 255 << 8 | 8, 2 << 16, Integer.MIN_VALUE}) {
            assertNull(ReceivePath.title(wrong));
        }
    }
}
