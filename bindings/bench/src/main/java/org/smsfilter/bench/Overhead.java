package org.smsfilter.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * What a call costs above the same in a native loop: passes over the messages in turns, in the processor time of this thread,
 * so that neither another process nor a slower minute counts for one side alone.
 */
public final class Overhead {
    private static final int WARM_UP = 60;
    private static final int PASSES = 201;

    private Overhead() {}

    /** Prints the median microseconds a message of each way, and of what it costs above the first. */
    public static void main(String[] args) throws IOException {
        Calls calls = new Calls();
        calls.open();
        LongSupplier[] ways = {calls::nativeLoop, calls::decodedAndJudged, calls::receivedRaw, calls::received};
        String[] names = {"native loop", "native loop from UTF-16", "receive without the facade", "receive"};
        double[][] times = new double[ways.length][PASSES];
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long kept = 0;
        for (int pass = -WARM_UP; pass < PASSES; pass++) {
            for (int way = 0; way < ways.length; way++) {
                long start = threads.getCurrentThreadCpuTime();
                kept += ways[way].getAsLong();
                if (pass >= 0) times[way][pass] = (threads.getCurrentThreadCpuTime() - start) / (double) Calls.MESSAGES;
            }
        }
        for (int way = 0; way < ways.length; way++) {
            double[] above = new double[PASSES];
            for (int pass = 0; pass < PASSES; pass++) above[pass] = times[way][pass] - times[0][pass];
            System.out.println("figure: " + names[way] + ": " + median(times[way]) / 1000);
            if (way > 0) System.out.println("figure: " + names[way] + " above the native loop: " + median(above) / 1000);
        }
        if (kept == 0) throw new IllegalStateException("nothing was judged");
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
