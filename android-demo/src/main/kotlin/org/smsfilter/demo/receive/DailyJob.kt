package org.smsfilter.demo.receive

import android.app.job.JobInfo
import android.app.job.JobParameters
import android.app.job.JobScheduler
import android.app.job.JobService
import android.content.ComponentName
import android.content.Context
import java.time.Instant
import java.time.LocalTime
import java.time.ZoneId
import org.smsfilter.demo.Phone
import org.smsfilter.demo.app
import org.smsfilter.demo.notices.Digest
import org.smsfilter.demo.now
import org.smsfilter.demo.shield.Role

/** At the times of the digest: deletes what retention no longer keeps, and tells what was moved or held back. */
class DailyJob : JobService() {
    override fun onStartJob(job: JobParameters?): Boolean {
        app.background.run {
            try {
                run(this)
            } finally {
                jobFinished(job, false)
                plan(this)
            }
        }
        return true
    }

    /** Android wants the time back; what was not done is still due. */
    override fun onStopJob(job: JobParameters?): Boolean = true

    companion object {
        const val JOB = 8
        private const val SLACK_MS = 15 * 60_000L
        private val EVENING = LocalTime.of(20, 0)

        private fun run(context: Context) {
            val phone = context.app.phone
            try {
                // A process that begins with this job has the end of the last one to make good first.
                Arrival.complete(context)
                expire(context, phone)
            } finally {
                Digest(context).show(phone.index)
            }
        }

        /**
         * The one place where messages are deleted that the user did not pick: those in the spam box whose days by the policy are over. To
         * another application than the default one Android deletes nothing and says nothing of it; the index must then go on hiding them.
         */
        private fun expire(context: Context, phone: Phone) {
            if (!Role.isHeld(context)) return
            val expired = phone.index.expired(context.now).map { it.key.id }
            phone.receiver.expire(context.now)
            phone.notices.read(expired)
        }

        /** Plans the next digest, anew if it was planned before. One that is due was missed, and comes at once. */
        fun plan(context: Context) {
            val due = next(Digest(context).last, context.app.phone.filter.policy().digestTimes.ifEmpty { listOf(EVENING) })
            val wait = maxOf(0, due - context.now)
            val job = JobInfo.Builder(JOB, ComponentName(context, DailyJob::class.java))
                .setMinimumLatency(wait).setOverrideDeadline(wait + SLACK_MS).setPersisted(true).build()
            checkNotNull(context.getSystemService(JobScheduler::class.java)).schedule(job)
        }

        /** The first of the times of a day that comes after [last], milliseconds since 1970 UTC. */
        private fun next(last: Long, times: List<LocalTime>): Long {
            val zone = ZoneId.systemDefault()
            val day = Instant.ofEpochMilli(last).atZone(zone).toLocalDate()
            return listOf(day, day.plusDays(1)).flatMap { on -> times.map { on.atTime(it).atZone(zone).toInstant().toEpochMilli() } }
                .filter { it > last }.min()
        }
    }
}
