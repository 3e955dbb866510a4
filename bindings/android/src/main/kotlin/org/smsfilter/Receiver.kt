package org.smsfilter

/** What a message is, and what happens to it: [SmsFilter.receive], with what the application knows of sender and SIM. */
public fun interface Judge {
    public fun judge(message: Message): Received
}

/** Told of each message once its decision is in the index; the place for notifications, and to begin [Ledgers.note] elsewhere. */
public fun interface OnDecided {
    /** @param id the message's row id in its store */
    public fun onDecided(id: Long, message: Message, received: Received)
}

/** How many days a quarantined message is kept, where the application differs from the policy; `null`: for good. */
public fun interface Retention {
    public fun keepDays(received: Received): Int?
}

/**
 * Takes a message from the network to the user, in the one order in which nothing can be lost:
 *
 * 1. into the store, unread, so that it is there whatever follows;
 * 2. judged;
 * 3. the decision into the index, which from then on hides a quarantined message;
 * 4. a quarantined message is marked as read and seen, so that no badge counts what nobody can find;
 * 5. the application is told;
 * 6. that goes into the index, too.
 *
 * Until 3 a message is in the inbox, and nothing but the index ever hides one. Wherever this is cut short, [replay]
 * completes it. The application is told at least once, and once only unless the process ends between 5 and 6, or after
 * the index could not be written.
 *
 * Whatever fails about judging or about the index, the message goes to the inbox and [Received.failure] says why. What the
 * store or the application throws comes out; the message, if it was stored, waits for the next [replay].
 *
 * One receiver for an index. All methods may be called from any thread but the main one; they wait for each other.
 *
 * @param judge asked once for each message that is received or replayed. Look up [Message.known] and the SIM's operator
 *   here, so that a replayed message is judged as it would have been
 */
public class Receiver @JvmOverloads constructor(
    private val store: MessageStore,
    private val index: Index,
    private val judge: Judge,
    private val decided: OnDecided,
    private val retention: Retention = Retention { it.keepDays },
) {
    /** Messages that the application was told of and the index does not know it: told again only by another process. */
    private val told = HashSet<MessageKey>()

    /**
     * Receives a message. One that was received before, as after a restart of the phone, is stored, judged and told of only
     * once. Of a flash message nothing is kept and the application is not told: it shows the message itself.
     */
    public fun receive(delivery: Delivery): Received {
        if (delivery.isFlash) return judged(delivery.message)
        // The index's lock, so that nothing is restored, forgotten or expired meanwhile.
        synchronized(index) {
            return settle(store.find(delivery) ?: inserted(delivery))
        }
    }

    /**
     * Completes what the end of a process cut short: call it at start, in the background. It reads the store back to the
     * beginning of the index, at most [REPLAY_DAYS] days. A message that the user has already seen stays in the inbox, and
     * the application is not told of it.
     *
     * @param now milliseconds since 1970 UTC
     * @return how many messages it completed
     */
    public fun replay(now: Long): Int {
        val failures = Failures()
        var completed = 0
        for (entry in index.unnotified()) failures.catch { if (resume(entry.key)) completed++ }
        val past = now - REPLAY_DAYS * DAY
        // A beginning that lies ahead was noted by a clock that was wrong.
        val from = if (index.since > now) past else maxOf(index.since, past)
        for (some in store.since(from).chunked(PAGE)) {
            val known = index.get(some.map { it.id })
            for (key in some) if (known[key.id]?.key != key) failures.catch { if (resume(key)) completed++ }
        }
        failures.rethrow()
        return completed
    }

    /**
     * Deletes from the store what [Retention] no longer keeps: messages that are in quarantine and were not taken back.
     * Nothing else is ever deleted.
     *
     * @param now milliseconds since 1970 UTC
     * @return how many
     */
    public fun expire(now: Long): Int = synchronized(index) {
        val expired = index.expired(now)
        for (entry in expired) {
            // In this order: a row of the index without a message is harmless, a message without one comes as a new one.
            store.delete(entry.key)
            index.forget(entry.key)
        }
        expired.size
    }

    private fun inserted(delivery: Delivery): StoredMessage {
        val key = MessageKey(store.insert(delivery), checkNotNull(delivery.message.receivedAt))
        return StoredMessage(key, delivery.message, isSeen = false)
    }

    private fun resume(key: MessageKey): Boolean = synchronized(index) {
        val stored = store.get(key.id)?.takeIf { it.key == key }
        if (stored == null) index.markNotified(key) else settle(stored)
        stored != null
    }

    /** Steps 2 to 6, or those that are missing. */
    private fun settle(stored: StoredMessage): Received {
        val entry = try {
            index.get(stored.key) ?: put(stored)
        } catch (_: RuntimeException) {
            val received = delivered(Failure.INDEX)
            tell(stored, received)
            return received
        }
        if (!entry.isNotified) {
            if (entry.isHidden) store.hide(stored.key)
            if (entry.isHidden || !stored.isSeen) tell(stored, entry.received)
            try {
                index.markNotified(stored.key)
                told -= stored.key
            } catch (_: RuntimeException) {
                // The next replay does it.
            }
        }
        return entry.received
    }

    private fun put(stored: StoredMessage): IndexEntry {
        val judged = judged(stored.message)
        // What the user has seen must not vanish.
        val received = if (stored.isSeen) judged.copy(action = Action.INBOX) else judged
        return index.put(stored.key, received.copy(keepDays = keepDays(received)), stored.message.utcOffsetMinutes)
    }

    private fun judged(message: Message): Received = try {
        judge.judge(message)
    } catch (_: Throwable) {
        // A native library that does not load is an Error.
        delivered(Failure.PANIC)
    }

    /** A retention that fails keeps. */
    private fun keepDays(received: Received): Int? = try {
        retention.keepDays(received)
    } catch (_: RuntimeException) {
        null
    }

    private fun tell(stored: StoredMessage, received: Received) {
        if (stored.key in told) return
        decided.onDecided(stored.key.id, stored.message, received)
        told += stored.key
    }

    private fun delivered(failure: Failure) = Received(Category.UNKNOWN, 0, 0, 0, emptySet(), Action.INBOX, failure)

    public companion object {
        /** How far back [replay] looks, in days. */
        public const val REPLAY_DAYS: Int = 31
        private const val DAY = 86_400_000L
        private const val PAGE = 500
    }
}
