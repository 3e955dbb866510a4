package org.smsfilter

import org.smsfilter.internal.NativeMoved

/**
 * What a change of policy would have moved, told over the user's own messages before it is made: [SmsFilter.preview].
 *
 * @property messages how many messages the history had
 * @property moved those that would have gone elsewhere, by reason: first what has one-time codes, bank notices or fraud that is let go,
 *   then the most
 */
public data class Preview(val messages: Int, val moved: List<Moved>) {
    /**
     * Messages that the change moves from one place to another, for one reason.
     *
     * @property from what happened to them
     * @property to what would happen
     * @property row what would decide it, as [Decision.row] names it
     * @property messages how many
     * @property codes one-time codes among them, if [to] is digest or quarantine, where nobody looks at once
     * @property bank notices of banks, cards and payments among them, likewise
     * @property blocked fraud, phishing and unlawful offers among them, if they leave the spam box
     * @property examples the first of them, at most five, as positions in the history, the first being 0
     */
    public data class Moved(
        val from: Action,
        val to: Action,
        val row: String,
        val messages: Int,
        val codes: Int,
        val bank: Int,
        val blocked: Int,
        val examples: List<Int>,
    )
}

internal fun moved(native: NativeMoved) = Preview.Moved(
    constant(native.from),
    constant(native.to),
    native.row,
    native.messages.toInt(),
    native.codes.toInt(),
    native.bank.toInt(),
    native.blocked.toInt(),
    native.examples.map { it.toInt() },
)
