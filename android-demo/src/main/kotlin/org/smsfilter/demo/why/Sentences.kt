package org.smsfilter.demo.why

import android.content.Context
import org.smsfilter.Action
import org.smsfilter.Category
import org.smsfilter.Flag
import org.smsfilter.IndexEntry
import org.smsfilter.Received
import org.smsfilter.Verdict
import org.smsfilter.demo.R
import org.smsfilter.demo.view.listed
import org.smsfilter.demo.view.longTime
import org.smsfilter.demo.view.words

/** What an action is called. */
fun Context.name(action: Action): String = getString(
    when (action) {
        Action.INBOX -> R.string.action_inbox
        Action.MARK -> R.string.action_mark
        Action.SILENT -> R.string.action_silent
        Action.DIGEST -> R.string.action_digest
        Action.QUARANTINE -> R.string.action_quarantine
    },
)

/** What a rule is called. */
fun Context.title(evidence: Evidence): String = when {
    evidence.title != null -> words(evidence.title)
    evidence.rule == "@model" -> getString(R.string.rule_model)
    else -> getString(R.string.rule_untitled)
}

/** Who wrote a rule. */
fun Context.publisher(id: String): String = when (id) {
    "national" -> getString(R.string.publisher_national)
    "user" -> getString(R.string.publisher_user)
    else -> id
}

/** Where a message is, and since when. */
fun Context.place(entry: IndexEntry): List<String> {
    val at = longTime(entry.key.receivedAt)
    entry.restoredAt?.let { return listOf(getString(R.string.why_is_restored, longTime(it))) }
    val place = when (entry.received.action) {
        Action.INBOX -> R.string.why_in_inbox
        Action.MARK -> R.string.why_in_inbox_mark
        Action.SILENT -> R.string.why_in_inbox_silent
        Action.DIGEST -> R.string.why_in_digest
        Action.QUARANTINE -> R.string.why_in_spam_box
    }
    val until = entry.until?.let { getString(R.string.why_until, longTime(it)) } ?: getString(R.string.why_kept)
    return listOfNotNull(getString(place, at), until.takeIf { entry.isHidden })
}

/** Why, in sentences: what it looks like, and what in the user's settings decided. */
fun Context.sentences(findings: Findings): List<String> {
    val (verdict, decision) = findings.judgement
    val top = findings.supporting.filter { it.title != null }.take(TOP).map { quote(title(it)) }
    val looks = when {
        verdict.category == Category.UNKNOWN -> getString(R.string.why_looks_fine)
        top.isEmpty() -> getString(R.string.why_looks_plain, kindInSentence(verdict))
        else -> getString(R.string.why_looks, kindInSentence(verdict), listed(top))
    }
    val quiet = if (decision.isQuiet) getString(R.string.why_quiet) else null
    return listOfNotNull(looks, decided(findings, decision.row, decision.action), quiet)
}

/** The same of what was decided when the message came: today's reasons may be others. */
fun Context.sentences(findings: Findings, received: Received): List<String> {
    val looks = if (received.category == Category.UNKNOWN) getString(R.string.why_looks_fine) else getString(R.string.why_looks_plain, kindInSentence(received))
    val quiet = if (received.isQuiet) getString(R.string.why_quiet) else null
    return listOfNotNull(looks, decided(findings, received.row, received.action), quiet)
}

private fun Context.decided(findings: Findings, row: String, then: Action): String {
    val (isFloored, what) = Because.of(row)
    val action = inside(name(then))
    return when (what) {
        is Because.Own -> findings.own.find { it.id == what.id }
            ?.let { getString(R.string.why_by_own, listed(it.words.map(::quote)), action) }
            ?: getString(R.string.why_by_own_gone, action)
        is Because.Exception -> getString(R.string.why_by_exception, what.number, action)
        is Because.Cell -> when {
            isFloored && what.relation.isClose -> getString(R.string.why_by_close, name(what.relation))
            isFloored -> getString(R.string.why_by_floor)
            else -> getString(R.string.why_by_cell, name(what.relation), action)
        }
        Because.Nothing -> getString(R.string.why_by_nothing)
    }
}

/** What to do and what not with such a message; `null` if nothing needs to be said. */
fun Context.tip(verdict: Verdict): String? {
    val tip = when (verdict.category) {
        Category.PHISHING -> when (verdict.subcategory) {
            "bank", "card" -> R.string.tip_phishing_bank
            "government" -> R.string.tip_phishing_government
            "parcel" -> R.string.tip_phishing_parcel
            "account", "platform" -> R.string.tip_phishing_account
            else -> R.string.tip_phishing
        }
        Category.FRAUD -> when (verdict.subcategory) {
            "loan" -> R.string.tip_fraud_loan
            "part-time" -> R.string.tip_fraud_part_time
            "impersonation" -> R.string.tip_fraud_impersonation
            "prize" -> R.string.tip_fraud_prize
            "investment" -> R.string.tip_fraud_investment
            "refund" -> R.string.tip_fraud_refund
            "romance" -> R.string.tip_fraud_romance
            "ticket" -> R.string.tip_fraud_ticket
            else -> R.string.tip_fraud
        }
        Category.ILLEGAL -> if (verdict.subcategory == "gambling") R.string.tip_illegal_gambling else R.string.tip_illegal
        Category.PROMOTION -> if (verdict.subcategory == "finance") R.string.tip_promotion_finance else R.string.tip_promotion
        Category.CODE -> R.string.tip_code
        else -> if (Flag.SPOOF_SUSPECTED in verdict.flags) R.string.tip_spoof else return null
    }
    return getString(tip)
}

private fun Context.quote(text: String) = getString(R.string.why_quote, text)

private const val TOP = 3
