package org.smsfilter.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import org.smsfilter.Category;
import org.smsfilter.Message;
import org.smsfilter.SmsFilter;

/** What the first verdict of a process costs: from the first use of the library's classes, once a process. */
public final class ColdStart {
    private ColdStart() {}

    /** Prints nanoseconds. The first argument is the road, `jni` or `jna`, the second an image of the national rules. */
    public static void main(String[] args) throws IOException {
        byte[] image = Files.readAllBytes(Paths.get(args[1]));
        boolean isShort = args[0].equals("jni");
        long start = System.nanoTime();
        Category category = isShort ? receive(image) : classify(image);
        long nanoseconds = System.nanoTime() - start;
        if (category != Category.PHISHING) throw new IllegalStateException("judged as " + category);
        System.out.println("cold start: " + nanoseconds);
    }

    private static Category receive(byte[] image) {
        return SmsFilter.openImage(image).receive(lure()).getCategory();
    }

    private static Category classify(byte[] image) {
        return SmsFilter.openImage(image).classify(lure()).getCategory();
    }

    private static Message lure() {
        return new Message("13800138000", "【ETC】您的ETC已失效，请于今日点击 http://etc-rz.example/a 重新认证，以免影响通行。");
    }
}
