package org.smsfilter.demo

import android.app.Dialog
import android.content.Context
import android.content.Intent
import android.os.Build
import android.os.Bundle
import android.view.View
import android.view.ViewGroup
import android.widget.TextView
import android.window.OnBackInvokedCallback
import android.window.OnBackInvokedDispatcher
import org.smsfilter.demo.messages.InboxPage
import org.smsfilter.demo.receive.Arrival
import org.smsfilter.demo.shield.FirstRun
import org.smsfilter.demo.shield.ShieldPage
import org.smsfilter.demo.spambox.SpamBoxPage
import org.smsfilter.demo.view.Page
import org.smsfilter.demo.view.Screen
import org.smsfilter.demo.view.isPresent

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

    /** What the pages kept, by tab: those that are not open yet keep it on. */
    private val kept = Bundle()

    /** Android's callback, from Android 13 on. */
    private var back: Any? = null

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        if (isFinishing) return
        state?.getBundle(KEPT)?.let(kept::putAll)
        show(R.layout.main, getString(R.string.tab_inbox), isRoot = true, foot = R.layout.tabs)
        Tab.entries.forEach { tab -> view<View>(tab.button).setOnClickListener { go(tab) } }
        go(Tab.valueOf(state?.getString(TAB) ?: intent.getStringExtra(TAB) ?: Tab.INBOX.name))
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        intent.getStringExtra(TAB)?.let { go(Tab.valueOf(it)) }
    }

    override fun onResume() {
        super.onResume()
        if (isFinishing) return
        FirstRun(this).next()?.let(::startActivity)
        Arrival.start(this)
        work.run { app.phone.notices.tidy() }
        pages[tab]?.second?.refresh()
    }

    override fun onSaveInstanceState(state: Bundle) {
        super.onSaveInstanceState(state)
        state.putString(TAB, tab.name)
        for ((tab, page) in pages) kept.putBundle(tab.name, Bundle().also(page.second::save))
        state.putBundle(KEPT, kept)
    }

    @Deprecated("From Android 13 on, [predict] does it")
    override fun onBackPressed() {
        val page = pages[tab]?.second
        @Suppress("DEPRECATION")
        if (page?.isInside == true) page.back() else super.onBackPressed()
    }

    /** What can be done with the page in front, or what back means in it, is another now. */
    fun pageChanged() {
        invalidateOptionsMenu()
        if (Build.VERSION.SDK_INT >= 33) predict(pages[tab]?.second?.isInside == true)
    }

    /** Tells Android before the gesture whether it stays in this screen. */
    @Since(33)
    private fun predict(isInside: Boolean) {
        val callback = back as OnBackInvokedCallback?
        if (isInside == (callback != null)) return
        back = if (callback == null) OnBackInvokedCallback { pages[tab]?.second?.back() } else null
        if (callback != null) return onBackInvokedDispatcher.unregisterOnBackInvokedCallback(callback)
        onBackInvokedDispatcher.registerOnBackInvokedCallback(OnBackInvokedDispatcher.PRIORITY_DEFAULT, back as OnBackInvokedCallback)
    }

    private fun go(to: Tab) {
        // What was done in one place is not taken back in another.
        if (to != tab) closeUndo()
        tab = to
        title = getString(to.title)
        val page = page(to)
        for ((shown, it) in pages) it.first.visibility = if (shown == to) View.VISIBLE else View.GONE
        Tab.entries.forEach { view<TextView>(it.button).isSelected = it == to }
        pageChanged()
        page.refresh()
    }

    private fun page(of: Tab): Page = pages.getOrPut(of) {
        val page = layoutInflater.inflate(of.layout, view(R.id.pages), false)
        view<ViewGroup>(R.id.pages).addView(page)
        page.isPresent = of == tab
        page to of.make(this, page).also { made -> kept.getBundle(of.name)?.let(made::restore) }
    }.second

    /** Moves alone can be taken back here. */
    override fun undo(way: Bundle): Unit = page(Tab.SPAM_BOX).undo(way)

    override fun question(what: Bundle): Dialog? = what.getString(PAGE)?.let { page(Tab.valueOf(it)).question(what) }

    /** Asks a question of a page. */
    fun ask(tab: Tab, what: Bundle): Unit = ask(what.apply { putString(PAGE, tab.name) })

    override fun onCreateOptionsMenu(menu: android.view.Menu): Boolean {
        pages[tab]?.second?.menu(menu)
        return true
    }

    companion object {
        private const val TAB = "tab"
        private const val KEPT = "kept"
        private const val PAGE = "page"

        fun intent(context: Context, tab: Tab = Tab.INBOX): Intent =
            Intent(context, MainActivity::class.java).putExtra(TAB, tab.name).addFlags(Intent.FLAG_ACTIVITY_NEW_TASK)
    }
}
