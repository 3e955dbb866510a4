package org.smsfilter.bench;

/** The same call without Java: `native_loop.rs`, which only a library with the feature `bench` has. */
final class NativeLoop {
    private NativeLoop() {}

    /** Keeps a message of this text for the loops. */
    static native void keep(String body);

    /**
     * Judges every kept message once by a preset, as the receive path does; the scores added up.
     *
     * @param decode each message is first made from its UTF-16 units
     */
    static native long judge(long key, int preset, boolean decode);
}
