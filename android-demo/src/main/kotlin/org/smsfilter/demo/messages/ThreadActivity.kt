package org.smsfilter.demo.messages

import android.app.Dialog
import android.content.Context
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.telephony.SubscriptionInfo
import android.telephony.SubscriptionManager
import android.view.Menu
import android.view.View
import android.widget.AbsListView
import android.widget.ListView
import android.widget.Toast
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.view.Rows
import org.smsfilter.demo.view.Screen
import org.smsfilter.demo.view.asking
import org.smsfilter.demo.view.asks
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.question
import org.smsfilter.demo.view.showLack
import org.smsfilter.demo.view.view

/** The messages of one conversation, and where an answer is written. */
class ThreadActivity : Screen() {
    private val thread get() = intent.getLongExtra(THREAD, -1)
    private val actions = LetterActions(this)
    private val row = LetterRow(this, actions)
    private val rows = Rows<Bubble>(R.layout.row_letter, { it.sms.id }) { row.bind(this, it) }
    private val drafts by lazy { Drafts(this) }
    private val codes by lazy { Codes(this) }
    private lateinit var bar: ComposeBar
    private var address = ""
    private var most = PAGE

    /** Whether the draft was shown: what is written from then on is the user's. */
    private var isDrafted = false

    /** The message that was asked for, until it was scrolled to. */
    private var sought = -1L

    private class Content(val bubbles: List<Bubble>, val address: String, val name: String?, val sims: List<SubscriptionInfo>, val draft: String)

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        show(R.layout.thread, "")
        bar = ComposeBar(view(R.id.compose_bar), ::send)
        state?.let(bar::restore)
        isDrafted = state?.getBoolean(DRAFTED) ?: false
        sought = if (state == null) intent.getLongExtra(MESSAGE, -1) else -1
        val list = view<ListView>(R.id.list)
        list.adapter = rows
        list.emptyView = view(R.id.empty)
        list.emptyView.isPresent = false
        list.setOnScrollListener(object : AbsListView.OnScrollListener {
            override fun onScrollStateChanged(view: AbsListView, state: Int) = Unit

            override fun onScroll(view: AbsListView, first: Int, visible: Int, total: Int) {
                if (total < most || first > 0) return
                most += PAGE
                refresh()
            }
        })
        list.onSmsChange(::refresh)
    }

    override fun onResume() {
        super.onResume()
        Unsent(this).seen(thread)
        refresh()
    }

    override fun onPause() {
        super.onPause()
        Unsent.left()
        // A text that is being sent is the outbox's.
        if (isDrafted && !bar.isBusy) drafts[thread] = bar.text
    }

    override fun onSaveInstanceState(state: Bundle) {
        super.onSaveInstanceState(state)
        state.putBoolean(DRAFTED, isDrafted)
        bar.save(state)
    }

    private fun refresh() {
        view<View>(R.id.banner).showLack()
        val most = most
        work.load(this, { load(most) }) { show(it) }
    }

    private fun load(most: Int): Content = app.phone.run {
        val letters = mailbox.thread(thread, most)
        if (letters.any { it.sms.isReceived && !it.sms.isRead }) mailbox.markRead(thread)
        notices.read(letters.map { it.sms.id })
        val address = letters.lastOrNull()?.sms?.address.orEmpty()
        val sims = sims.all()
        val names = if (sims.size > 1) sims.associate { it.subscriptionId to title(it) } else emptyMap()
        Content(Bubble.of(letters, this, codes, names::get), address, people.name(address), sims, drafts[thread])
    }

    private fun show(content: Content) {
        address = content.address
        title = content.name ?: address.ifEmpty { getString(R.string.no_sender) }
        rows.items = content.bubbles
        if (!isDrafted && bar.text.isEmpty()) bar.text = content.draft
        isDrafted = true
        val last = content.bubbles.lastOrNull { it.sms.subscription >= 0 }?.sms?.subscription
        bar.offer(content.sims, last ?: SubscriptionManager.getDefaultSmsSubscriptionId())
        val mayAnswer = Outbox.address(address) != null
        view<View>(R.id.compose_bar).isPresent = mayAnswer
        view<View>(R.id.no_reply).isPresent = !mayAnswer && content.bubbles.isNotEmpty()
        val at = content.bubbles.indexOfFirst { it.sms.id == sought }
        if (at >= 0) view<ListView>(R.id.list).setSelection(at)
        sought = -1
        invalidateOptionsMenu()
    }

    /** The text is a draft until it is stored, so that nothing that ends this process loses it. */
    private fun send(text: String, sim: Int) {
        bar.isBusy = true
        val (thread, to) = thread to address
        work.load(this, {
            drafts[thread] = text
            app.phone.outbox.send(to, text, sim)
            drafts[thread] = ""
        }, failed = {
            bar.isBusy = false
            Toast.makeText(this, R.string.send_kept, Toast.LENGTH_LONG).show()
            view<View>(R.id.banner).showLack()
        }) {
            bar.isBusy = false
            bar.text = ""
            refresh()
        }
    }

    /** Changes something in the background, and shows what is there then. */
    fun change(change: ThreadActivity.() -> Unit): Unit = work.load(this, { change() }, failed = {
        Toast.makeText(this, R.string.messages_not_done, Toast.LENGTH_LONG).show()
        refresh()
    }) { refresh() }

    override fun onCreateOptionsMenu(menu: Menu): Boolean {
        if (Outbox.address(address) != null) {
            menu.add(getString(R.string.call_number, address)).setOnMenuItemClickListener {
                // The dialler alone: the user calls.
                startActivity(Intent.createChooser(Intent(Intent.ACTION_DIAL, Uri.fromParts("tel", address, null)), null)).let { true }
            }
        }
        menu.add(R.string.chat_delete).setOnMenuItemClickListener { ask(asking(DELETE) { putString(NAME, "$title") }).let { true } }
        return true
    }

    override fun question(what: Bundle): Dialog? = if (what.asks == DELETE) delete(what.getString(NAME)) else actions.question(what)

    private fun delete(name: String?): Dialog = question(
        getString(R.string.chat_delete_title), getString(R.string.chat_delete_text, name), getString(R.string.letter_delete), getString(R.string.letter_keep),
    ) {
        work.load(this, {
            app.phone.mailbox.deleteThread(thread)
            drafts[thread] = ""
        }, failed = { Toast.makeText(this, R.string.messages_not_done, Toast.LENGTH_LONG).show() }) {
            bar.text = ""
            finish()
        }
    }

    companion object {
        private const val THREAD = "thread"
        private const val MESSAGE = "message"
        private const val DRAFTED = "drafted"
        private const val DELETE = "delete conversation"
        private const val NAME = "name"
        private const val PAGE = 100

        /** @param message the row id of a message to be scrolled to; −1: the latest */
        fun intent(context: Context, thread: Long, message: Long = -1): Intent =
            Intent(context, ThreadActivity::class.java).putExtra(THREAD, thread).putExtra(MESSAGE, message)
    }
}
