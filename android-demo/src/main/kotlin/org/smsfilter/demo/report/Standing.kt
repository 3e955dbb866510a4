package org.smsfilter.demo.report

import org.smsfilter.ReportEntry
import org.smsfilter.ReportState
import org.smsfilter.demo.R
import org.smsfilter.demo.view.Tone

/**
 * How far a report is, in plain words, and what the user may do about it.
 *
 * @property text what is so
 * @property act what sending it would be called; `null`: nothing is to be sent
 * @property canUndo nothing has gone yet
 * @property canClose the user may say that the channel answered
 */
class Standing(val text: Int, val tone: Tone, val act: Int?, val canUndo: Boolean, val canClose: Boolean) {
    companion object {
        fun of(report: ReportEntry, isQueued: Boolean): Standing {
            val isShare = report.channel == Channels.SHARE
            val nothingGone = report.sent == 0 && !report.partly
            return when {
                report.underWay != null -> Standing(R.string.state_under_way, Tone.INFO, null, false, false)
                report.state == ReportState.UNDONE -> Standing(R.string.state_undone, Tone.CALM, null, false, false)
                report.state == ReportState.ANSWERED -> Standing(R.string.state_answered, Tone.GOOD, null, false, false)
                isQueued -> Standing(R.string.state_queued, Tone.INFO, null, nothingGone, false)
                report.state == ReportState.FAILED && report.isGivenUp ->
                    Standing(R.string.state_given_up, Tone.DANGER, null, nothingGone, false)
                report.state == ReportState.FAILED -> Standing(
                    if (report.partly) R.string.state_partly else R.string.state_failed, Tone.DANGER, R.string.try_again, nothingGone, false,
                )
                report.state == ReportState.SENT && report.asked -> Standing(R.string.state_asked, Tone.WARN, R.string.send_second, false, true)
                report.state == ReportState.SENT -> {
                    val text = if (isShare) R.string.state_shared else if (report.sent < report.steps) R.string.state_sent_first else R.string.state_sent
                    Standing(text, Tone.GOOD, null, false, true)
                }
                else -> Standing(
                    if (isShare) R.string.state_to_share else R.string.state_drafted, Tone.WARN,
                    if (isShare) R.string.share_again else R.string.send_report, true, false,
                )
            }
        }
    }
}
