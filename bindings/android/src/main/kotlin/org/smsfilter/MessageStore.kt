package org.smsfilter

/**
 * A message that is in its store.
 *
 * @property message as it was delivered; its time is that of [key]
 * @property isSeen whether the user has seen it, in this application or in another
 */
public data class StoredMessage(val key: MessageKey, val message: Message, val isSeen: Boolean)

/**
 * Where messages are kept, and the only place where they are: [TelephonyMessages], or an application's own.
 *
 * A method that returns has changed the store for good. What it throws comes out of the [Receiver], which completes the
 * message at the next [Receiver.replay].
 */
public interface MessageStore {
    /**
     * The same message, if it is there already: Android delivers again what the end of a process or of the phone cut short.
     * The same is: sender, text, time of sending, and SIM. The time of receiving differs.
     */
    public fun find(delivery: Delivery): StoredMessage?

    /** Adds a message, unread and unseen, and returns its row id. */
    public fun insert(delivery: Delivery): Long

    /** A message by its row id. */
    public fun get(id: Long): StoredMessage?

    /** Received messages since a time, milliseconds since 1970 UTC, the oldest first. */
    public fun since(time: Long): List<MessageKey>

    /** Marks a message as read and seen, so that no badge counts it. One that is gone is left alone. */
    public fun hide(key: MessageKey)

    /** Deletes a message. One that is gone is left alone. */
    public fun delete(key: MessageKey)
}
