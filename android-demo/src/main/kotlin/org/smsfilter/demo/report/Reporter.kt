package org.smsfilter.demo.report

import android.app.Notification
import android.app.NotificationManager
import android.app.PendingIntent
import android.app.job.JobInfo
import android.app.job.JobScheduler
import android.content.ComponentName
import android.content.Context
import android.content.Intent
import android.net.Uri
import android.os.Handler
import android.os.Looper
import java.util.concurrent.CopyOnWriteArraySet
import org.smsfilter.Ledgers
import org.smsfilter.Outcome
import org.smsfilter.Turn
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.notices.Channel
import org.smsfilter.demo.now

/**
 * Sends the reports that the user confirmed, one by one and no faster than Android lets an application. Everything it knows
 * is on disk: whatever ends the process, [ReportJob] goes on. All methods wait for the disk.
 */
class Reporter(private val context: Context) {
    private val kept = context.getSharedPreferences("reports", Context.MODE_PRIVATE)
    private val phone get() = context.app.phone

    /** The user confirmed the step of a report that is due. */
    fun queue(report: Long, parts: Int) {
        phone.ledgers.queue(report, parts)
        kept.edit().putBoolean(queued(report), true).commit()
        // Should the process end before the next line, the job sends it.
        schedule(GUARD_MS)
        run()
    }

    /** Whether a report waits for its turn. */
    fun isQueued(report: Long): Boolean = kept.getBoolean(queued(report), false)

    /** Sends what may go now, and plans the rest. */
    fun run() {
        while (true) {
            when (val turn = phone.ledgers.next(context.now)) {
                is Turn.Send -> send(turn)
                is Turn.Wait -> return schedule(turn.millis)
                null -> break
            }
        }
        // Nothing waits any more, whatever was taken back or answered meanwhile.
        kept.edit().apply { kept.all.keys.filter { it.startsWith(QUEUED) }.forEach(::remove) }.commit()
        val isUnderWay = phone.index.reports.page().any { it.underWay != null }
        if (isUnderWay) schedule(Ledgers.SILENCE_MS + GUARD_MS) else jobs().cancel(JOB)
        changed()
    }

    /** What the system said of one part. Once all parts answered, the ledger learns it. */
    fun onPart(dispatch: Long, part: Int, of: Int, isSent: Boolean) {
        val key = parts(dispatch)
        // One word a part, as Android may say it twice.
        val said = kept.getStringSet(key, emptySet()).orEmpty().filterNot { it.startsWith("$part=") }.toSet() + "$part=$isSent"
        kept.edit().putStringSet(key, said).commit()
        if (said.size < of) return
        val gone = said.count { it.endsWith("true") }
        settle(dispatch, if (gone == of) Outcome.SENT else if (gone == 0) Outcome.FAILED else Outcome.PARTLY)
        run()
    }

    /** Tells the user, once, of each report whose channel asks for the next step, as 7726 does: it goes only on a tap. */
    fun tellAsked() {
        for (report in phone.index.reports.page()) {
            val told = "told:${report.id}"
            if (!report.asked || kept.getBoolean(told, false)) continue
            kept.edit().putBoolean(told, true).commit()
            val intent = ReportActivity.intent(context, report.message, report.id).setData(Uri.parse("report:${report.id}"))
            val notice = Notification.Builder(context, Channel.REPORTS.id)
                .setSmallIcon(R.drawable.ic_send)
                .setContentTitle(Channels.name(context, report.channel))
                .setContentText(context.getString(R.string.state_asked))
                .setContentIntent(PendingIntent.getActivity(context, 0, intent, PendingIntent.FLAG_IMMUTABLE))
                .setAutoCancel(true)
            context.getSystemService(NotificationManager::class.java)?.notify(told, JOB, notice.build())
        }
        changed()
    }

    /** Forgets what is kept here: the ledgers were wiped. */
    fun wipe() {
        kept.edit().clear().commit()
        jobs().cancel(JOB)
    }

    private fun send(turn: Turn.Send) {
        kept.edit().remove(queued(turn.report.id)).remove(parts(turn.dispatch)).commit()
        try {
            val message = checkNotNull(phone.store.get(turn.report.message)) { "expected the message that is reported, found none" }
            // The user confirmed it, a one-time code included, before it was queued.
            val step = phone.ledgers.draftReport(message.message, turn.report.channel, true).steps[turn.step]
            val subscription = phone.mailbox.get(listOf(message.key.id))[message.key.id]?.subscription ?: -1
            check(Line.maySend(context)) { "expected the permission to send SMS, found none" }
            val line = Line.of(context, subscription)
            check(!line.isGone) { "expected the SIM that received the message, found none" }
            val parts = line.manager.divideMessage(step.text)
            val results = parts.indices.mapTo(ArrayList()) { result(turn.dispatch, it, parts.size) }
            line.manager.sendMultipartTextMessage(checkNotNull(step.to), null, parts, results, null)
        } catch (e: RuntimeException) {
            // Nothing was handed over: the user may try again.
            settle(turn.dispatch, Outcome.FAILED)
        }
        changed()
    }

    private fun settle(dispatch: Long, outcome: Outcome) {
        phone.ledgers.settle(dispatch, outcome, context.now)
        kept.edit().remove(parts(dispatch)).commit()
        changed()
    }

    private fun result(dispatch: Long, part: Int, of: Int): PendingIntent {
        val intent = Intent(context, SentReceiver::class.java).setData(Uri.parse("report:$dispatch/$part/$of"))
        return PendingIntent.getBroadcast(
            context, 0, intent, PendingIntent.FLAG_IMMUTABLE or PendingIntent.FLAG_ONE_SHOT or PendingIntent.FLAG_CANCEL_CURRENT,
        )
    }

    private fun schedule(millis: Long) {
        val job = JobInfo.Builder(JOB, ComponentName(context, ReportJob::class.java))
            .setMinimumLatency(millis).setOverrideDeadline(millis + GUARD_MS).setPersisted(true).build()
        jobs().schedule(job)
    }

    private fun jobs() = checkNotNull(context.getSystemService(JobScheduler::class.java))

    private fun changed() {
        Handler(Looper.getMainLooper()).post { watching.forEach { it() } }
    }

    companion object {
        const val JOB = 7
        private const val GUARD_MS = 60_000L

        /** Screens that show reports: told on the main thread when one moves. */
        val watching = CopyOnWriteArraySet<() -> Unit>()

        private const val QUEUED = "queued:"

        private fun queued(report: Long) = "$QUEUED$report"

        private fun parts(dispatch: Long) = "parts:$dispatch"
    }
}
