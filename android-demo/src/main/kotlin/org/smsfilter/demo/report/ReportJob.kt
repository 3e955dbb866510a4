package org.smsfilter.demo.report

import android.app.job.JobParameters
import android.app.job.JobService
import org.smsfilter.demo.app

/** Goes on with the reports that wait, also after the process ended or the phone started again. */
class ReportJob : JobService() {
    override fun onStartJob(job: JobParameters?): Boolean {
        app.background.run {
            try {
                Reporter(this).run()
            } finally {
                jobFinished(job, false)
            }
        }
        return true
    }

    /** Android wants the time back: what was not sent is still queued. */
    override fun onStopJob(job: JobParameters?): Boolean = true
}
