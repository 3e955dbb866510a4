package org.smsfilter.demo

import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.view.View
import android.view.ViewGroup
import android.widget.TextView
import org.smsfilter.demo.messages.InboxPage
import org.smsfilter.demo.receive.Arrival
import org.smsfilter.demo.shield.ShieldPage
import org.smsfilter.demo.spambox.SpamBoxPage
import org.smsfilter.demo.view.Page
import org.smsfilter.demo.view.Screen

/** The three places of the application: messages, what was moved, and what governs both. */
class MainActivity : Screen() {
    /** @property make what shows it in this activity */
    enum class Tab(val button: Int, val title: Int, val layout: Int, val make: (MainActivity, View) -> Page) {
        INBOX(R.id.tab_inbox, R.string.tab_inbox, R.layout.page_inbox, ::InboxPage),
        SPAM_BOX(R.id.tab_spam_box, R.string.tab_spam_box, R.layout.page_spam_box, ::SpamBoxPage),
        SHIELD(R.id.tab_shield, R.string.tab_shield, R.layout.page_shield, ::ShieldPage),
    }

    private val pages = HashMap<Tab, Pair<View, Page>>()
    private var tab = Tab.INBOX

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        show(R.layout.main, getString(R.string.tab_inbox), isRoot = true)
        Tab.entries.forEach { tab -> view<View>(tab.button).setOnClickListener { go(tab) } }
        go(Tab.valueOf(state?.getString(TAB) ?: intent.getStringExtra(TAB) ?: Tab.INBOX.name))
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        intent.getStringExtra(TAB)?.let { go(Tab.valueOf(it)) }
    }

    override fun onResume() {
        super.onResume()
        Arrival.start(this)
        work.run { app.phone.notices.tidy() }
        pages[tab]?.second?.refresh()
    }

    override fun onSaveInstanceState(state: Bundle) {
        super.onSaveInstanceState(state)
        state.putString(TAB, tab.name)
    }

    private fun go(to: Tab) {
        tab = to
        title = getString(to.title)
        val (_, page) = pages.getOrPut(to) {
            val page = layoutInflater.inflate(to.layout, view(R.id.pages), false)
            view<ViewGroup>(R.id.pages).addView(page)
            page to to.make(this, page)
        }
        for ((shown, it) in pages) it.first.visibility = if (shown == to) View.VISIBLE else View.GONE
        Tab.entries.forEach { view<TextView>(it.button).isSelected = it == to }
        invalidateOptionsMenu()
        page.refresh()
    }

    override fun onCreateOptionsMenu(menu: android.view.Menu): Boolean {
        pages[tab]?.second?.menu(menu)
        return true
    }

    companion object {
        private const val TAB = "tab"

        fun intent(context: Context, tab: Tab = Tab.INBOX): Intent =
            Intent(context, MainActivity::class.java).putExtra(TAB, tab.name).addFlags(Intent.FLAG_ACTIVITY_NEW_TASK)
    }
}
