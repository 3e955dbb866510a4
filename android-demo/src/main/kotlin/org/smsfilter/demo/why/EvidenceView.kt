package org.smsfilter.demo.why

import android.content.res.ColorStateList
import android.text.SpannableString
import android.text.Spanned
import android.text.style.BackgroundColorSpan
import android.text.style.ForegroundColorSpan
import android.view.View
import android.view.ViewGroup
import android.view.textclassifier.TextClassifier
import android.widget.Button
import android.widget.ProgressBar
import android.widget.TextView
import org.smsfilter.RuleName
import org.smsfilter.demo.R
import org.smsfilter.demo.view.Tone
import org.smsfilter.demo.view.chip
import org.smsfilter.demo.view.fill
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.view
import org.smsfilter.demo.view.words

/**
 * The text with what the rules found in it, and the rules.
 *
 * @param turn called to turn a rule of a publisher off (`true`) or on; its last argument is the rule's title
 */
class EvidenceView(private val root: View, private val turn: (publisher: String, rule: String, off: Boolean, title: String) -> Unit) {
    private val context = root.context

    init {
        // Nothing in a suspect text may be opened, not even by selecting it.
        text.setTextClassifier(TextClassifier.NO_OP)
    }

    private val text: TextView get() = root.view(R.id.body)

    fun show(findings: Findings) {
        val (body, marks) = marked(findings)
        text.text = body.ifEmpty { context.getString(R.string.why_text_empty) }
        root.view<TextView>(R.id.legend_for).apply { chip(context.getString(R.string.why_legend_for), FOR) }.isPresent = marks.first
        root.view<TextView>(R.id.legend_against).apply { chip(context.getString(R.string.why_legend_against), AGAINST) }.isPresent = marks.second
        reasons(R.id.reasons_title, R.id.reasons, findings.supporting)
        reasons(R.id.against_title, R.id.against, findings.opposing)
        root.view<View>(R.id.no_reasons).isPresent = findings.reasons.isEmpty()
        off(findings.off)
    }

    /** The text with its spans, and whether there are any for and against the verdict. */
    private fun marked(findings: Findings): Pair<CharSequence, Pair<Boolean, Boolean>> {
        val body = SpannableString(findings.message.body)
        var (isFor, isAgainst) = false to false
        for (reason in findings.reasons.asReversed()) {
            val tone = if (reason.points > 0) FOR else AGAINST
            for ((start, end) in reason.spans) {
                if (start !in 0 until end || end > body.length) continue
                if (reason.points > 0) isFor = true else isAgainst = true
                body.setSpan(BackgroundColorSpan(context.getColor(tone.ground)), start, end, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE)
                body.setSpan(ForegroundColorSpan(context.getColor(tone.ink)), start, end, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE)
            }
        }
        return body to (isFor to isAgainst)
    }

    private fun reasons(title: Int, list: Int, reasons: List<Evidence>) {
        root.view<View>(title).isPresent = reasons.isNotEmpty()
        root.view<ViewGroup>(list).fill(R.layout.row_reason, reasons) { reason ->
            val name = context.title(reason)
            val strength = context.getString(
                when {
                    reason.share > 0.66f -> R.string.why_strong
                    reason.share > 0.33f -> R.string.why_middle
                    else -> R.string.why_weak
                },
            )
            view<TextView>(R.id.title).text = name
            view<TextView>(R.id.publisher).text = context.getString(R.string.why_by, context.publisher(reason.publisher), strength)
            view<ProgressBar>(R.id.bar).apply {
                progress = (reason.share * max).toInt()
                progressTintList = ColorStateList.valueOf(context.getColor(if (reason.points > 0) R.color.danger else R.color.accent))
            }
            view<Button>(R.id.turn).apply {
                isPresent = reason.isPublished
                contentDescription = context.getString(R.string.why_turn_off) + " " + name
                setOnClickListener { turn(reason.publisher, reason.rule, true, name) }
            }
        }
    }

    private fun off(rules: List<RuleName>) {
        root.view<View>(R.id.off_title).isPresent = rules.isNotEmpty()
        root.view<ViewGroup>(R.id.off).fill(R.layout.row_reason, rules) { rule ->
            val name = context.words(rule.title)
            view<TextView>(R.id.title).text = name
            view<TextView>(R.id.publisher).text = context.getString(R.string.why_rule_off)
            view<View>(R.id.bar).isPresent = false
            view<Button>(R.id.turn).apply {
                setText(R.string.why_turn_on)
                contentDescription = context.getString(R.string.why_turn_on) + " " + name
                setOnClickListener { turn(rule.publisher, rule.rule, false, name) }
            }
        }
    }

    private companion object {
        val FOR = Tone.DANGER
        val AGAINST = Tone.GOOD
    }
}
