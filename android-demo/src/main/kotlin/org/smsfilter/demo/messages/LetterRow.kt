package org.smsfilter.demo.messages

import android.graphics.Paint
import android.graphics.Typeface
import android.telephony.SmsManager
import android.text.SpannableString
import android.text.Spanned
import android.text.TextPaint
import android.text.format.DateUtils
import android.text.method.LinkMovementMethod
import android.text.style.ClickableSpan
import android.view.Gravity
import android.view.View
import android.widget.Button
import android.widget.FrameLayout
import android.widget.LinearLayout
import android.widget.TextView
import org.smsfilter.demo.R
import org.smsfilter.demo.now
import org.smsfilter.demo.view.day
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.longTime
import org.smsfilter.demo.view.view
import org.smsfilter.demo.why.WhyActivity

/** Shows a message in its conversation, with what can be done at once. The rest is behind the dots and a long press. */
class LetterRow(private val screen: ThreadActivity, private val actions: LetterActions) {
    fun bind(row: View, bubble: Bubble) {
        val isOwn = bubble.sending != null
        row.view<TextView>(R.id.day).run {
            isPresent = bubble.isFirstOfDay
            val year = if (day(bubble.sms.date).year == day(screen.now).year) DateUtils.FORMAT_NO_YEAR else DateUtils.FORMAT_SHOW_YEAR
            text = DateUtils.formatDateTime(screen, bubble.sms.date, DateUtils.FORMAT_SHOW_DATE or DateUtils.FORMAT_SHOW_WEEKDAY or year)
        }
        side(row, isOwn)
        words(row.view(R.id.text), bubble, isOwn)
        row.view<View>(R.id.why).run {
            isPresent = screen.label(bubble.letter.entry) != null
            view<TextView>(R.id.chip).chip(bubble.letter.entry)
            contentDescription = "${screen.label(bubble.letter.entry)} ${screen.getString(R.string.letter_why)}"
            setOnClickListener { screen.startActivity(WhyActivity.intent(screen, bubble.sms.id)) }
        }
        row.view<Button>(R.id.code).run {
            isPresent = bubble.code != null
            text = screen.getString(R.string.code_copy, bubble.code)
            setOnClickListener { bubble.code?.let(actions::copyCode) }
        }
        foot(row.view(R.id.foot), bubble, isOwn)
        row.view<View>(R.id.retry).run {
            isPresent = bubble.sending?.mayRetry == true
            setOnClickListener { actions.retry(bubble) }
        }
        val more = row.view<View>(R.id.more)
        more.setOnClickListener { actions.show(it, bubble) }
        for (held in listOf<View>(row.view(R.id.bubble), row.view(R.id.text))) held.setOnLongClickListener { actions.show(more, bubble).let { true } }
    }

    /** Received at the start, the user's own at the end; the dots on the other side. */
    private fun side(row: View, isOwn: Boolean) {
        val bubble = row.view<LinearLayout>(R.id.bubble)
        val near = screen.resources.getDimensionPixelSize(R.dimen.space_3)
        val far = screen.resources.getDimensionPixelSize(R.dimen.touch)
        bubble.setBackgroundResource(if (isOwn) R.drawable.bubble_out else R.drawable.bubble_in)
        (bubble.layoutParams as FrameLayout.LayoutParams).run {
            gravity = if (isOwn) Gravity.END else Gravity.START
            marginStart = if (isOwn) far else near
            marginEnd = if (isOwn) near else far
            bubble.layoutParams = this
        }
        val more = row.view<View>(R.id.more)
        (more.layoutParams as FrameLayout.LayoutParams).run {
            gravity = if (isOwn) Gravity.START else Gravity.END
            more.layoutParams = this
        }
    }

    /** The text with its links. In a suspect message these are no links before the user has read what opens. */
    private fun words(view: TextView, bubble: Bubble, isOwn: Boolean) {
        view.setTextColor(screen.getColor(if (isOwn) R.color.on_accent_soft else R.color.ink))
        if (bubble.links.isEmpty()) {
            view.movementMethod = null
            view.text = bubble.sms.body
            return
        }
        val isSuspect = bubble.letter.entry?.isSuspect == true
        val colour = screen.getColor(if (isSuspect) R.color.danger else if (isOwn) R.color.on_accent_soft else R.color.accent)
        val text = SpannableString(bubble.sms.body)
        for (link in bubble.links) {
            text.setSpan(
                object : ClickableSpan() {
                    override fun onClick(view: View) = actions.open(bubble, link)

                    override fun updateDrawState(paint: TextPaint) {
                        paint.color = colour
                        if (isSuspect) paint.flags = paint.flags or Paint.STRIKE_THRU_TEXT_FLAG else paint.isUnderlineText = true
                    }
                },
                link.start, link.end, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE,
            )
        }
        view.text = text
        view.movementMethod = LinkMovementMethod.getInstance()
    }

    private fun foot(view: TextView, bubble: Bubble, isOwn: Boolean) {
        val state = bubble.sending?.let { screen.getString(title(it, bubble.sms.error)) }
        view.text = listOfNotNull(time(bubble), bubble.sim, state).joinToString(" · ")
        val isBad = bubble.sending?.mayRetry == true || bubble.sending == Sending.UNDELIVERED
        view.setTextColor(screen.getColor(if (isOwn) R.color.on_accent_soft else R.color.ink_soft))
        view.setTypeface(Typeface.create("sans-serif", Typeface.NORMAL), if (isBad) Typeface.BOLD else Typeface.NORMAL)
        view.contentDescription = listOfNotNull(screen.longTime(bubble.sms.date), bubble.sim, state).joinToString()
    }

    /** The day stands above: here the hour is enough. */
    private fun time(bubble: Bubble): CharSequence = DateUtils.formatDateTime(screen, bubble.sms.date, DateUtils.FORMAT_SHOW_TIME)

    private fun title(sending: Sending, error: Int): Int = when (sending) {
        Sending.UNDER_WAY -> R.string.sending_under_way
        Sending.UNKNOWN -> R.string.sending_unknown
        Sending.SENT -> R.string.sending_sent
        Sending.DELIVERED -> R.string.sending_delivered
        Sending.UNDELIVERED -> R.string.sending_undelivered
        Sending.FAILED -> when (error) {
            SmsManager.RESULT_ERROR_RADIO_OFF -> R.string.send_failed_radio
            SmsManager.RESULT_ERROR_NO_SERVICE -> R.string.send_failed_service
            else -> R.string.send_failed
        }
    }
}
