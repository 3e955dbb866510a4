package org.smsfilter

/**
 * What an application asks about messages. [SmsFilter] answers from rules; `FakeSmsFilter` of the artifact
 * `smsfilter-testing` answers what a test tells it to.
 */
public interface MessageFilter : AutoCloseable {
    /** What a message is and what happens to it, at once; never throws. */
    public fun receive(message: Message, policy: Preset): Received

    /** As the standard policy has it. */
    public fun receive(message: Message): Received = receive(message, Preset.STANDARD)

    /** What a message is. */
    public fun classify(message: Message): Verdict

    /** Why it is that. */
    public fun explain(message: Message): List<Reason>

    /** What a message is and what a policy makes of it, with the row that decided. */
    public fun decide(message: Message, policy: Preset): Judgement

    /** As the standard policy has it. */
    public fun decide(message: Message): Judgement = decide(message, Preset.STANDARD)

    /** Drafts a report for the user to read and to send; `overrideCode` confirms that a one-time code is to be reported. */
    public fun draftReport(message: Message, overrideCode: Boolean): ReportDraft

    /** One-time codes are refused. */
    public fun draftReport(message: Message): ReportDraft = draftReport(message, false)

    override fun close()
}
