package org.smsfilter

/**
 * What tells a message of the store from every other, and the order of pages.
 *
 * @property id its row id. Alone it is not enough: Android gives it out again once the newest messages are deleted
 * @property receivedAt milliseconds since 1970 UTC, as the store has it
 */
public data class MessageKey(val id: Long, val receivedAt: Long)

/**
 * What the index knows of a message. The text is in the message store alone.
 *
 * @property received what the filter said when the message came
 * @property until when retention may delete a quarantined message, milliseconds since 1970 UTC; `null`: never
 * @property restoredAt when the user took it back into the inbox, milliseconds since 1970 UTC
 * @property missedAt when the user called it spam that came through, milliseconds since 1970 UTC
 * @property isNotified whether the application was told of the decision
 */
@ConsistentCopyVisibility
public data class IndexEntry internal constructor(
    val key: MessageKey,
    val received: Received,
    val until: Long?,
    val restoredAt: Long?,
    val missedAt: Long?,
    val isNotified: Boolean,
) {
    /** Whether an inbox leaves the message out: it is in quarantine, and the user has not taken it back. */
    val isHidden: Boolean get() = received.action == Action.QUARANTINE && restoredAt == null
}
