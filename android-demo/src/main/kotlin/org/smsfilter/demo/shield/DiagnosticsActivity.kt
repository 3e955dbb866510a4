package org.smsfilter.demo.shield

import android.app.Dialog
import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.view.View
import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.messages.Drafts
import org.smsfilter.demo.now
import org.smsfilter.demo.report.OptOuts
import org.smsfilter.demo.report.Reporter
import org.smsfilter.demo.view.Screen
import org.smsfilter.demo.view.Tone
import org.smsfilter.demo.view.asking
import org.smsfilter.demo.view.asks
import org.smsfilter.demo.view.chip
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.question
import org.smsfilter.demo.view.view

/** Whether the phone lets the filter work, and what to do where not. */
class DiagnosticsActivity : Screen() {
    private val mending by lazy { Mending(this) }

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        show(R.layout.diagnostics, getString(R.string.diagnostics))
        view<View>(R.id.test).setOnClickListener { test() }
        view<View>(R.id.export).setOnClickListener { ask(asking(EXPORT_ALL)) }
        view<View>(R.id.wipe).setOnClickListener { ask(asking(WIPE)) }
    }

    override fun onResume() {
        super.onResume()
        work.load(this, { Checkup(this).all() }, { say(R.string.failed, Tone.DANGER) }) { bind(it) }
    }

    private fun bind(findings: List<Finding>) {
        val list = view<LinearLayout>(R.id.findings)
        list.removeAllViews()
        // What needs something comes first.
        for (finding in findings.sortedBy { if (it.isGood) 2 else if (it.isUrgent) 0 else 1 }) {
            val row = layoutInflater.inflate(R.layout.row_finding, list, false)
            row.view<TextView>(R.id.name).text = finding.title
            row.view<TextView>(R.id.chip).chip(getString(finding.mark), finding.tone)
            row.view<TextView>(R.id.text).text = finding.text
            val button = row.view<Button>(R.id.mend)
            button.isPresent = finding.mend != null
            finding.mend?.let { mend ->
                button.setText(mend.label)
                button.contentDescription = getString(R.string.mend_named, finding.title, getString(mend.label))
                button.setOnClickListener { mending.start(mend) }
            }
            list.addView(row)
        }
    }

    private fun test() = work.load(this, { SelfTest.run(this) }, { say(R.string.failed, Tone.DANGER) }) { answers ->
        view<TextView>(R.id.test_result).isPresent = true
        view<TextView>(R.id.test_result).text = answers.joinToString("\n\n") {
            getString(if (it.isRight) R.string.test_right else R.string.test_wrong, it.text, it.category)
        }
    }

    override fun question(what: Bundle): Dialog? = when (what.asks) {
        EXPORT_ALL -> question(getString(R.string.export), getString(R.string.export_text), getString(R.string.export)) { export() }
        WIPE -> question(getString(R.string.wipe_title), getString(R.string.wipe_text), getString(R.string.wipe_yes), isDanger = true) { wipe() }
        else -> null
    }

    private fun wipe() = work.load(this, {
        app.phone.index.wipe(now)
        Reporter(this).wipe()
        OptOuts(this).wipe()
        Drafts(this).wipe()
    }, { say(R.string.failed, Tone.DANGER) }) { say(R.string.wiped, Tone.GOOD) }

    private fun export() {
        val create = Intent(Intent.ACTION_CREATE_DOCUMENT).addCategory(Intent.CATEGORY_OPENABLE).setType("application/json")
            .putExtra(Intent.EXTRA_TITLE, FILE)
        try {
            startActivityForResult(create, EXPORT)
        } catch (e: ActivityNotFoundException) {
            say(R.string.no_files, Tone.WARN)
        }
    }

    @Deprecated("the framework's own; AndroidX is not used")
    override fun onActivityResult(request: Int, result: Int, data: Intent?) {
        val file = data?.data
        if (request == EXPORT && result == RESULT_OK && file != null) write(file)
    }

    private fun write(file: Uri) = work.load(this, {
        checkNotNull(contentResolver.openOutputStream(file, "wt")) { "expected a file to write to, found none" }
            .bufferedWriter().use(app.phone.index::export)
    }, { say(R.string.export_failed, Tone.DANGER) }) { say(R.string.exported, Tone.GOOD) }

    private fun say(text: Int, tone: Tone) = view<TextView>(R.id.answer).chip(getString(text), tone)

    companion object {
        private const val EXPORT = 1
        private const val EXPORT_ALL = "export"
        private const val WIPE = "wipe"
        private const val FILE = "sms-guard-export.jsonl"

        fun intent(context: Context): Intent = Intent(context, DiagnosticsActivity::class.java)
    }
}
