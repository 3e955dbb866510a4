package org.smsfilter.demo.messages

import android.app.Dialog
import android.content.res.ColorStateList
import android.graphics.Typeface
import android.os.Bundle
import android.view.Menu
import android.view.MenuItem
import android.view.View
import android.widget.AbsListView
import android.widget.ListView
import android.widget.PopupMenu
import android.widget.TextView
import android.widget.Toast
import org.smsfilter.demo.MainActivity
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.view.Lack
import org.smsfilter.demo.view.Page
import org.smsfilter.demo.view.Rows
import org.smsfilter.demo.view.asking
import org.smsfilter.demo.view.chip
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.lack
import org.smsfilter.demo.view.question
import org.smsfilter.demo.view.shortTime
import org.smsfilter.demo.view.showLack
import org.smsfilter.demo.view.view

/** The conversations, the latest first. */
class InboxPage(private val screen: MainActivity, private val page: View) : Page {
    private val list = page.view<ListView>(R.id.list)
    private val rows = Rows<Shown>(R.layout.row_chat, { it.chat.last.sms.thread }) { bind(it) }
    private val drafts = Drafts(screen)
    private var most = Mailbox.PAGE

    /** @property name of a contact */
    private class Shown(val chat: Conversation, val name: String?, val draft: String) {
        val thread: Long get() = chat.last.sms.thread
    }

    init {
        list.adapter = rows
        list.emptyView = page.view(R.id.empty)
        list.setOnItemClickListener { _, _, _, thread -> screen.startActivity(ThreadActivity.intent(screen, thread)) }
        list.setOnItemLongClickListener { _, row, position, _ -> actions(row.view(R.id.more), rows.items[position]).let { true } }
        list.setOnScrollListener(object : AbsListView.OnScrollListener {
            override fun onScrollStateChanged(view: AbsListView, state: Int) = Unit

            override fun onScroll(view: AbsListView, first: Int, visible: Int, total: Int) {
                if (total < most || first + visible < total) return
                most += Mailbox.PAGE
                refresh()
            }
        })
        page.view<View>(R.id.compose).setOnClickListener { screen.startActivity(ComposeActivity.intent(screen)) }
        page.onSmsChange(::refresh)
    }

    override fun menu(menu: Menu) {
        menu.add(R.string.search_messages).setIcon(R.drawable.ic_search).setIconTintList(ColorStateList.valueOf(screen.getColor(R.color.ink)))
            .on(MenuItem.SHOW_AS_ACTION_ALWAYS) { screen.startActivity(SearchActivity.intent(screen)) }
        menu.add(R.string.chat_mark_all_read).on(MenuItem.SHOW_AS_ACTION_NEVER) { change { app.phone.mailbox.markRead() } }
    }

    private fun MenuItem.on(where: Int, act: () -> Unit) {
        setShowAsAction(where)
        setOnMenuItemClickListener { act().let { true } }
    }

    override fun refresh() {
        page.view<View>(R.id.banner).showLack()
        // What is written there could not be sent.
        page.view<View>(R.id.compose).isPresent = screen.lack() != Lack.ROLE
        val most = most
        screen.work.load(
            screen,
            {
                val drafts = drafts.all()
                screen.app.phone.run {
                    val names = people.names()
                    mailbox.conversations(most).map { Shown(it, names[it.last.sms.address], drafts[it.last.sms.thread].orEmpty()) }
                }
            },
        ) { rows.items = it }
    }

    private fun View.bind(shown: Shown) {
        val (last, unread) = shown.chat
        val name = name(shown)
        val time = context.shortTime(last.sms.date)
        val text = when {
            shown.draft.isNotEmpty() -> context.getString(R.string.chat_draft, shown.draft)
            last.sms.isReceived -> last.sms.body
            else -> context.getString(R.string.sent_by_me, last.sms.body)
        }
        view<TextView>(R.id.name).show(name, unread > 0)
        view<TextView>(R.id.text).show(text, unread > 0)
        view<TextView>(R.id.text).setTextColor(context.getColor(if (unread > 0) R.color.ink else R.color.ink_soft))
        view<TextView>(R.id.time).text = time
        view<View>(R.id.dot).isPresent = unread > 0
        view<TextView>(R.id.chip).chip(last.entry)
        view<View>(R.id.more).setOnClickListener { actions(it, shown) }
        val count = if (unread > 0) resources.getQuantityString(R.plurals.chat_unread, unread, unread) else null
        contentDescription = listOfNotNull(count, context.label(last.entry), context.getString(R.string.chat_sentence, name, text, time)).joinToString()
    }

    private fun TextView.show(text: CharSequence, isBold: Boolean) {
        this.text = text
        // Where the font has Chinese in one weight alone, bold is drawn.
        setTypeface(Typeface.create("sans-serif", Typeface.NORMAL), if (isBold) Typeface.BOLD else Typeface.NORMAL)
    }

    private fun name(shown: Shown) = shown.name ?: shown.chat.last.sms.address.ifEmpty { screen.getString(R.string.no_sender) }

    /** What can be done with one conversation: behind its dots, and behind a long press. */
    private fun actions(at: View, shown: Shown) {
        val menu = PopupMenu(screen, at)
        if (shown.chat.unread > 0) {
            menu.menu.add(R.string.chat_mark_read).on(MenuItem.SHOW_AS_ACTION_NEVER) { change { app.phone.mailbox.markRead(shown.thread) } }
        } else {
            menu.menu.add(R.string.chat_mark_unread).on(MenuItem.SHOW_AS_ACTION_NEVER) { change { app.phone.mailbox.markUnread(shown.thread) } }
        }
        menu.menu.add(R.string.chat_delete).on(MenuItem.SHOW_AS_ACTION_NEVER) {
            screen.ask(MainActivity.Tab.INBOX, asking(DELETE) { putLong(THREAD, shown.thread); putString(NAME, name(shown)) })
        }
        menu.show()
    }

    override fun question(what: Bundle): Dialog = screen.question(
        screen.getString(R.string.chat_delete_title), screen.getString(R.string.chat_delete_text, what.getString(NAME)),
        screen.getString(R.string.letter_delete), screen.getString(R.string.letter_keep), isDanger = true,
    ) {
        val thread = what.getLong(THREAD)
        change {
            app.phone.mailbox.deleteThread(thread)
            drafts[thread] = ""
        }
    }

    private fun change(work: MainActivity.() -> Unit): Unit = screen.work.load(screen, { screen.work() }, failed = {
        Toast.makeText(screen, R.string.messages_not_done, Toast.LENGTH_LONG).show()
        refresh()
    }) { refresh() }

    private companion object {
        const val DELETE = "delete"
        const val THREAD = "thread"
        const val NAME = "name"
    }
}
