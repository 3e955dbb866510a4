package org.smsfilter.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;
import org.smsfilter.Message;
import org.smsfilter.Preset;
import org.smsfilter.SmsFilter;
import org.smsfilter.internal.ReceivePath;

/** What a message costs by the national rules: on both roads, and in a loop that never leaves the native library. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Calls {
    /** Messages of 72 characters, judged one after another; of several, as one alone would be learnt by heart. */
    static final int MESSAGES = 2048;

    private static final Preset POLICY = Preset.STANDARD;

    private SmsFilter filter;
    private Message[] messages;
    /** The same rules, and the same texts, for callers below the facade. */
    private long key;
    private String[] texts;

    @Setup
    public void open() throws IOException {
        Path target = Paths.get(System.getProperty("smsfilter.target"));
        byte[] image = Files.readAllBytes(target.resolve("national.smsi"));
        List<String> lines = Files.readAllLines(target.resolve("messages.txt"), StandardCharsets.UTF_8);
        filter = SmsFilter.openImage(image);
        key = ReceivePath.open(null, image);
        texts = lines.subList(0, MESSAGES).toArray(new String[0]);
        messages = new Message[MESSAGES];
        long scores = 0;
        for (int at = 0; at < MESSAGES; at++) {
            messages[at] = new Message("", texts[at]);
            NativeLoop.keep(texts[at]);
            scores += filter.receive(messages[at], POLICY).getScore();
        }
        if (NativeLoop.judge(key, POLICY.ordinal(), false) != scores || NativeLoop.judge(key, POLICY.ordinal(), true) != scores) {
            throw new IllegalStateException("the native loop judges otherwise");
        }
    }

    @TearDown
    public void close() {
        filter.close();
        ReceivePath.close(key);
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void receive(Blackhole hole) {
        for (Message message : messages) hole.consume(filter.receive(message, POLICY));
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long nativeLoop() {
        return NativeLoop.judge(key, POLICY.ordinal(), false);
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void classify(Blackhole hole) {
        for (Message message : messages) hole.consume(filter.classify(message));
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void decide(Blackhole hole) {
        for (Message message : messages) hole.consume(filter.decide(message, POLICY));
    }

    /** What {@link #receive} does, summed up for {@link Overhead}. */
    long received() {
        long scores = 0;
        for (Message message : messages) scores += filter.receive(message, POLICY).getScore();
        return scores;
    }

    /** Without the facade: the answer as it comes. */
    long receivedRaw() {
        long scores = 0;
        for (String text : texts) scores += ReceivePath.receive(key, "", text, -1, 0, -1, null, 2, POLICY.ordinal())[2];
        return scores;
    }

    /** The native loop, each message first made of its UTF-16 units. */
    long decodedAndJudged() {
        return NativeLoop.judge(key, POLICY.ordinal(), true);
    }
}
