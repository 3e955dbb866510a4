package org.smsfilter.demo.report

import android.app.Dialog
import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.view.Menu
import android.view.View
import android.widget.ListView
import android.widget.TextView
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.now
import org.smsfilter.demo.view.Screen
import org.smsfilter.demo.view.asking
import org.smsfilter.demo.view.asks
import org.smsfilter.demo.view.question
import org.smsfilter.demo.view.view

/** Reports and refusals, and how far each is. */
class LedgerActivity : Screen() {
    private val changed: () -> Unit = { load() }
    private val reports by lazy { ReportRows(this) }
    private val promises by lazy { PromiseRows(this) { load() } }
    private var isPromises = false

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        isPromises = state?.getBoolean(PROMISES) ?: intent.getBooleanExtra(PROMISES, false)
        show(R.layout.ledger, getString(R.string.ledger))
        view<ListView>(R.id.list).setOnItemClickListener { _, _, position, _ ->
            if (isPromises) promises.open(position) else reports.open(position)
        }
        view<View>(R.id.tab_reports).setOnClickListener { go(false) }
        view<View>(R.id.tab_promises).setOnClickListener { go(true) }
        go(isPromises)
    }

    private fun go(toPromises: Boolean) {
        isPromises = toPromises
        view<TextView>(R.id.tab_reports).isSelected = !toPromises
        view<TextView>(R.id.tab_promises).isSelected = toPromises
        val list = view<ListView>(R.id.list)
        list.adapter = if (toPromises) promises.rows else reports.rows
        list.emptyView = view(R.id.empty)
        view<TextView>(R.id.empty_title).setText(if (toPromises) R.string.promises_empty_title else R.string.reports_empty_title)
        view<TextView>(R.id.empty_text).setText(if (toPromises) R.string.promises_empty_text else R.string.reports_empty_text)
        invalidateOptionsMenu()
        load()
    }

    override fun onSaveInstanceState(state: Bundle) {
        super.onSaveInstanceState(state)
        state.putBoolean(PROMISES, isPromises)
    }

    override fun onResume() {
        super.onResume()
        Reporter.watching += changed
        // What the end of a process cut short goes on.
        work.run { Reporter(this).run() }
    }

    override fun onPause() {
        super.onPause()
        Reporter.watching -= changed
    }

    private fun load(): Unit = if (isPromises) promises.load() else reports.load()

    override fun onCreateOptionsMenu(menu: Menu): Boolean {
        if (!isPromises) menu.add(R.string.forget_closed).setOnMenuItemClickListener {
            ask(asking(FORGET))
            true
        }
        return true
    }

    override fun question(what: Bundle): Dialog? = if (what.asks == FORGET) forget() else promises.question(what)

    private fun forget(): Dialog = question(null, getString(R.string.forget_closed_text), getString(R.string.forget_closed_yes), isDanger = true) {
        work.load(this, { app.phone.index.reports.forget(now + 1) }) { load() }
    }

    companion object {
        private const val PROMISES = "promises"
        private const val FORGET = "forget closed"

        fun intent(context: Context): Intent = Intent(context, LedgerActivity::class.java)

        /** What senders were told. */
        fun promises(context: Context): Intent = intent(context).putExtra(PROMISES, true)
    }
}
