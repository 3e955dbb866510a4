package org.smsfilter

/**
 * A report to read and to send.
 *
 * @property channelId where it goes, for programs, such as `gsma-7726`
 * @property channel where it goes, for people
 * @property steps what to send, in order
 * @property simSlot the SIM to send from: the one that received the message
 * @property confirmation what Android itself will ask when it is sent; `null`: nothing
 * @property evidence that the sender went on after a refusal: show it. It is in a text to share, and in none by SMS
 */
public data class ReportDraft @JvmOverloads constructor(
    val channelId: String,
    val channel: Text,
    val steps: List<Step>,
    val simSlot: Int?,
    val confirmation: Text?,
    val evidence: Text? = null,
)

/**
 * One thing to send.
 *
 * @property to the number; `null`: offer the text to a share sheet
 * @property text the unmodified text that authorities ask for
 * @property parts how many SMS it will be, as an estimate: `SmsManager.divideMessage` decides
 * @property condition when to send it, if not at once
 */
public data class Step(val to: String?, val text: String, val parts: Int, val condition: Text?) {
    /** Without the text: a report may end up in a log by accident. */
    override fun toString(): String = "Step(to=$to, $parts parts)"
}

/** A text in Chinese and in English. */
public data class Text(val zh: String, val en: String)
