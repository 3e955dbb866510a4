package org.smsfilter.demo.spambox

import android.view.View
import android.widget.ListView
import android.widget.TextView
import org.smsfilter.Action
import org.smsfilter.IndexEntry
import org.smsfilter.demo.MainActivity
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.messages.StoredSms
import org.smsfilter.demo.view.Page
import org.smsfilter.demo.view.Rows
import org.smsfilter.demo.view.Tone
import org.smsfilter.demo.view.chip
import org.smsfilter.demo.view.shortTime
import org.smsfilter.demo.view.view

/** What was moved out of the inbox. Nothing of it is lost: each row can go back. */
class SpamBoxPage(private val screen: MainActivity, page: View) : Page {
    private val rows = Rows<Moved>(R.layout.row_conversation, { it.sms.id }) { bind(it) }

    private class Moved(val sms: StoredSms, val entry: IndexEntry)

    init {
        val list = page.view<ListView>(R.id.list)
        list.adapter = rows
        list.emptyView = page.view(R.id.empty)
    }

    override fun refresh(): Unit = screen.work.load(
        screen,
        {
            val entries = screen.app.phone.index.page(Action.QUARANTINE)
            val stored = screen.app.phone.mailbox.get(entries.map { it.key.id })
            entries.mapNotNull { entry -> stored[entry.key.id]?.let { Moved(it, entry) } }
        },
    ) { rows.items = it }

    private fun View.bind(moved: Moved) {
        view<TextView>(R.id.name).text = moved.sms.address.ifEmpty { context.getString(R.string.no_sender) }
        view<TextView>(R.id.time).text = context.shortTime(moved.sms.date)
        view<TextView>(R.id.text).text = moved.sms.body
        view<TextView>(R.id.chip).chip(moved.entry.received.title, Tone.of(moved.entry.received.category))
        view<View>(R.id.dot).visibility = View.GONE
    }
}
