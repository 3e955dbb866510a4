package org.smsfilter.testing

import java.util.concurrent.CopyOnWriteArrayList
import org.smsfilter.Action
import org.smsfilter.Category
import org.smsfilter.Decision
import org.smsfilter.Failure
import org.smsfilter.Flag
import org.smsfilter.Judgement
import org.smsfilter.Message
import org.smsfilter.MessageFilter
import org.smsfilter.Preset
import org.smsfilter.Reason
import org.smsfilter.Received
import org.smsfilter.ReportDraft
import org.smsfilter.Text
import org.smsfilter.Verdict

/**
 * A filter that answers what a test tells it to, without rules and without the native library: [Received.title] alone
 * still needs that.
 *
 * @property answer what it answers; set it at any time
 */
public class FakeSmsFilter @JvmOverloads constructor(@Volatile public var answer: Answer = Answer()) : MessageFilter {
    private val messages = CopyOnWriteArrayList<Message>()

    /** The messages it was asked about, in order. */
    public val asked: List<Message> get() = messages

    /** Whether it was closed. It goes on to answer, as the real one goes on to deliver. */
    @Volatile
    public var isClosed: Boolean = false
        private set

    override fun receive(message: Message): Received = asked(message).run {
        if (failure != null) return Received(Category.UNKNOWN, 0, 0, 0, emptySet(), Action.INBOX, failure)
        Received(category, 0, score, points, flags, action, null, row)
    }

    override fun receive(message: Message, policy: Preset): Received = receive(message)

    override fun classify(message: Message): Verdict = asked(message).verdict

    override fun explain(message: Message): List<Reason> = asked(message).reasons

    override fun decide(message: Message): Judgement =
        asked(message).run { Judgement(verdict, Decision(action, row)) }

    override fun decide(message: Message, policy: Preset): Judgement = decide(message)

    override fun draftReport(message: Message, overrideCode: Boolean): ReportDraft = asked(message).report

    override fun close() {
        isClosed = true
    }

    private fun asked(message: Message): Answer {
        messages += message
        return answer
    }

    /**
     * What a [FakeSmsFilter] answers: an unsuspicious message in the inbox, unless told otherwise.
     *
     * @property failure if set, `receive` delivers the message unread, as it does when the real filter fails
     */
    public data class Answer @JvmOverloads constructor(
        val category: Category = Category.UNKNOWN,
        val action: Action = Action.INBOX,
        val subcategory: String = "other",
        val score: Int = 0,
        val points: Int = 0,
        val flags: Set<Flag> = emptySet(),
        val reasons: List<Reason> = emptyList(),
        val row: String = "default",
        val report: ReportDraft = ReportDraft("12321-share", Text("测试渠道", "test channel"), emptyList(), null, null),
        val failure: Failure? = null,
    ) {
        internal val verdict: Verdict get() = Verdict(category, subcategory, score, points, flags)
    }
}
