package org.smsfilter.demo.messages

import android.view.View
import android.widget.ListView
import android.widget.TextView
import org.smsfilter.Action
import org.smsfilter.demo.MainActivity
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.view.Page
import org.smsfilter.demo.view.Rows
import org.smsfilter.demo.view.Tone
import org.smsfilter.demo.view.chip
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.shortTime
import org.smsfilter.demo.view.view

/** The conversations, the latest first. */
class InboxPage(private val screen: MainActivity, page: View) : Page {
    private val list = page.view<ListView>(R.id.list)
    private val rows = Rows<Shown>(R.layout.row_conversation, { it.conversation.last.sms.thread }) { bind(it) }

    /** @property name of a contact */
    private class Shown(val conversation: Conversation, val name: String?)

    init {
        list.adapter = rows
        list.emptyView = page.view(R.id.empty)
        list.setOnItemClickListener { _, _, _, thread -> screen.startActivity(ThreadActivity.intent(screen, thread)) }
        page.view<View>(R.id.compose).setOnClickListener { screen.startActivity(ComposeActivity.intent(screen)) }
    }

    override fun refresh(): Unit = screen.work.load(
        screen,
        { screen.app.phone.run { mailbox.conversations().map { Shown(it, people.name(it.last.sms.address)) } } },
    ) { rows.items = it }

    private fun View.bind(shown: Shown) {
        val (last, unread) = shown.conversation
        view<TextView>(R.id.name).text = shown.name ?: last.sms.address.ifEmpty { context.getString(R.string.no_sender) }
        view<TextView>(R.id.time).text = context.shortTime(last.sms.date)
        view<TextView>(R.id.text).text = last.sms.body
        view<View>(R.id.dot).isPresent = unread > 0
        val received = last.entry?.received?.takeIf { it.action != Action.INBOX && last.entry.restoredAt == null }
        view<TextView>(R.id.chip).chip(received?.title, received?.category?.let(Tone::of) ?: Tone.CALM)
        contentDescription = null
    }
}
