package org.smsfilter.demo.report

import android.view.View
import android.widget.TextView
import org.smsfilter.ReportEntry
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.view.Rows
import org.smsfilter.demo.view.chip
import org.smsfilter.demo.view.shortTime
import org.smsfilter.demo.view.view

/** The reports, the latest first. A tap shows one with all that can be done about it. */
class ReportRows(private val screen: LedgerActivity) {
    val rows = Rows<Shown>(R.layout.row_report, { it.report.id }) { bind(it) }

    /** @property excerpt of the message; `null` if it was deleted */
    class Shown(val report: ReportEntry, val isQueued: Boolean, val excerpt: String?)

    fun load(): Unit = screen.work.load(screen, {
        val phone = screen.app.phone
        val reports = phone.index.reports.page(limit = MOST)
        val messages = phone.mailbox.get(reports.map { it.message }.distinct())
        val reporter = Reporter(screen)
        reports.map { Shown(it, reporter.isQueued(it.id), messages[it.message]?.body) }
    }) { rows.items = it }

    fun open(position: Int) {
        val report = rows.items[position].report
        screen.startActivity(ReportActivity.intent(screen, report.message, report.id))
    }

    private fun View.bind(shown: Shown) {
        val standing = Standing.of(shown.report, shown.isQueued)
        view<TextView>(R.id.name).text = Channels.name(context, shown.report.channel)
        view<TextView>(R.id.time).text = context.shortTime(shown.report.draftedAt)
        view<TextView>(R.id.text).text = shown.excerpt ?: context.getString(R.string.message_gone)
        view<TextView>(R.id.chip).chip(context.getString(standing.text), standing.tone)
        view<TextView>(R.id.act).text = standing.act?.let { context.getString(R.string.act_now, context.getString(it)) }
        view<TextView>(R.id.act).visibility = if (standing.act == null) View.GONE else View.VISIBLE
    }

    private companion object {
        const val MOST = 200
    }
}
