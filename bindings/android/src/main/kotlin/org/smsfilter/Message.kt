package org.smsfilter

/**
 * One received message, as the caller knows it.
 *
 * @property sender the sender as the network gave it; empty if there is none
 * @property body the whole text, all parts joined
 * @property receivedAt milliseconds since 1970 UTC; without it dated rules and schedules are off
 * @property utcOffsetMinutes the receiver's offset from UTC, −1080 to 1080
 * @property sim the SIM that received it
 * @property known what the user has to do with the sender
 */
public data class Message @JvmOverloads constructor(
    val sender: String,
    val body: String,
    val receivedAt: Long? = null,
    val utcOffsetMinutes: Int = 0,
    val sim: Sim? = null,
    val known: Known = Known.NONE,
) {
    init {
        require(utcOffsetMinutes in -1080..1080) { "an offset from UTC is within 18 hours, not $utcOffsetMinutes minutes" }
    }

    /** Without sender and text: a message may end up in a log by accident. */
    override fun toString(): String = "Message(${body.length} UTF-16 units)"
}

/**
 * A SIM.
 *
 * @property slot its slot, 0 to 255
 * @property operator MCC and MNC as digits, such as `46000`; empty if unknown
 */
public data class Sim @JvmOverloads constructor(val slot: Int, val operator: String = "") {
    init {
        require(slot in 0..255) { "a SIM slot is 0 to 255, not $slot; leave the SIM out if it is unknown" }
    }
}

/** What the user has to do with a sender. */
public enum class Known {
    /** In the address book. */
    CONTACT,

    /** The user wrote to this number. */
    REPLIED,

    /** Neither. */
    NONE,
    ;

    internal val wire: String get() = wireName(this)
}
