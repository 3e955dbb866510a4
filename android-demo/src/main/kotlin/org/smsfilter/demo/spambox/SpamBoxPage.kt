package org.smsfilter.demo.spambox

import android.content.res.ColorStateList
import android.os.Bundle
import android.text.Editable
import android.text.TextWatcher
import android.view.Menu
import android.view.MenuItem
import android.view.View
import android.view.ViewGroup
import android.view.inputmethod.InputMethodManager
import android.widget.AbsListView
import android.widget.Button
import android.widget.EditText
import android.widget.ListView
import android.widget.TextView
import android.widget.Toast
import org.smsfilter.Category
import org.smsfilter.MessageKey
import org.smsfilter.demo.MainActivity
import org.smsfilter.demo.R
import org.smsfilter.demo.messages.onSmsChange
import org.smsfilter.demo.view.Page
import org.smsfilter.demo.view.Rows
import org.smsfilter.demo.view.fill
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.refusal
import org.smsfilter.demo.view.showLack
import org.smsfilter.demo.view.view
import org.smsfilter.demo.why.WhyActivity
import org.smsfilter.demo.why.name

/** What was moved out of the inbox. Nothing of it is lost: each row can go back. */
class SpamBoxPage(private val screen: MainActivity, private val page: View) : Page {
    private val box = Box(screen)
    private val selection = Selection(::selected)
    private val row = MovedRow(selection, { screen.startActivity(WhyActivity.intent(screen, it.sms.id)) }, ::restore)
    private val rows = Rows<Moved>(R.layout.row_moved, { it.sms.id }) { row.bind(this, it) }
    private val allowance = Allowance(screen, page.view(R.id.box_allow), box, ::failed)
    private val query = page.view<EditText>(R.id.box_query)
    private var contents = Contents(emptyMap(), emptyList(), isWhole = true)
    private var category: Category? = null
    private var most = PAGE

    /** What was asked for last: an answer to anything older is not shown. */
    @Volatile
    private var asked = 0
    private val isSearching get() = page.view<View>(R.id.box_search).isPresent
    private val words get() = if (isSearching) query.text.trim().toString() else ""

    init {
        page.view<ListView>(R.id.list).run {
            adapter = rows
            setOnScrollListener(object : AbsListView.OnScrollListener {
                override fun onScrollStateChanged(view: AbsListView, state: Int) = Unit

                override fun onScroll(view: AbsListView, first: Int, visible: Int, total: Int) {
                    if (contents.isWhole || total < most || first + visible < total) return
                    most += PAGE
                    refresh()
                }
            })
        }
        query.addTextChangedListener(object : TextWatcher {
            override fun beforeTextChanged(text: CharSequence?, start: Int, count: Int, after: Int) = Unit

            override fun onTextChanged(text: CharSequence?, start: Int, before: Int, count: Int) = Unit

            override fun afterTextChanged(text: Editable) = refresh()
        })
        page.view<View>(R.id.box_search_close).setOnClickListener { search(false) }
        page.view<View>(R.id.box_all).setOnClickListener { selection.toggleAll(rows.items.map { it.key }) }
        page.view<View>(R.id.box_done).setOnClickListener { selection.end() }
        page.view<View>(R.id.box_restore).setOnClickListener { restore(selection.keys, null) }
        page.view<View>(R.id.box_delete).setOnClickListener { screen.startActivity(DeleteActivity.intent(screen, selection.keys)) }
        page.onSmsChange(::refresh)
    }

    override fun menu(menu: Menu) {
        if (!isSearching) menu.add(R.string.box_search).setIcon(R.drawable.ic_search).setIconTintList(ColorStateList.valueOf(screen.getColor(R.color.ink)))
            .on(MenuItem.SHOW_AS_ACTION_ALWAYS) { search(true) }
        if (rows.items.isNotEmpty() && !selection.isOn) menu.add(R.string.box_select).on { selection.begin() }
        if (rows.items.isNotEmpty() && words.isEmpty()) menu.add(emptying()).on { empty() }
        menu.add(R.string.digest_title).on { screen.startActivity(DigestActivity.intent(screen)) }
    }

    private fun MenuItem.on(where: Int = MenuItem.SHOW_AS_ACTION_NEVER, act: () -> Unit) {
        setShowAsAction(where)
        setOnMenuItemClickListener { act().let { true } }
    }

    private fun emptying(): String =
        category?.let { screen.getString(R.string.box_empty_category, screen.name(it)) } ?: screen.getString(R.string.box_empty_all)

    private fun empty() {
        val newest = rows.items.maxOf { it.key.receivedAt }
        screen.startActivity(DeleteActivity.intent(screen, category, newest))
    }

    override fun refresh() {
        page.view<View>(R.id.banner).showLack()
        val (turn, category, words, most) = Asked(++asked, category, words, most)
        screen.work.load(screen, { box.load(category, words, most) { turn == asked } }, { if (turn == asked) show(null) }) { if (turn == asked) show(it) }
    }

    private data class Asked(val turn: Int, val category: Category?, val words: String, val most: Int)

    /** @param found `null`: the messages cannot be read */
    private fun show(found: Contents?) {
        contents = found ?: Contents(emptyMap(), emptyList(), isWhole = true)
        rows.items = contents.rows
        if (found != null) selection.keepOnly(found.rows.map { it.key })
        filters()
        nothing(isUnreadable = found == null)
        selected()
    }

    private fun filters() {
        val all = listOf<Pair<Category?, Int>>(null to contents.counts.values.sum()) + contents.counts.map { it.key to it.value } +
            listOfNotNull(category?.takeIf { it !in contents.counts }?.let { it to 0 })
        page.view<View>(R.id.box_filter_row).isPresent = all.size > 1
        page.view<ViewGroup>(R.id.box_filters).fill(R.layout.filter, all) { (category, count) ->
            val name = category?.let { context.name(it) } ?: context.getString(R.string.box_all_kinds)
            // The counts are of all that is there, and a search shows less.
            (this as TextView).text = if (words.isEmpty()) context.getString(R.string.box_filter, name, count) else name
            contentDescription = if (words.isEmpty()) resources.getQuantityString(R.plurals.box_filter_label, count, count, name) else name
            isSelected = category == this@SpamBoxPage.category
            setOnClickListener { choose(category) }
        }
    }

    private fun choose(category: Category?) {
        this.category = category
        most = PAGE
        refresh()
    }

    /** Says why no row is there, and what leads on. */
    private fun nothing(isUnreadable: Boolean) {
        val (title, text, way) = when {
            isUnreadable -> Triple(R.string.box_unreadable_title, R.string.box_unreadable_text, null)
            words.isNotEmpty() -> Triple(R.string.box_nothing_found_title, R.string.box_nothing_found_text, R.string.box_search_end)
            category != null -> Triple(R.string.box_nothing_here_title, R.string.box_nothing_here_text, R.string.box_show_all)
            else -> Triple(R.string.spam_box_empty_title, R.string.spam_box_empty_text, null)
        }
        page.view<View>(R.id.empty).isPresent = rows.items.isEmpty()
        page.view<TextView>(R.id.box_empty_title).setText(title)
        page.view<TextView>(R.id.box_empty_text).setText(text)
        page.view<Button>(R.id.box_empty_way).run {
            isPresent = way != null
            way?.let(::setText)
            setOnClickListener { if (words.isNotEmpty()) search(false) else choose(null) }
        }
    }

    private fun search(isOn: Boolean) {
        page.view<View>(R.id.box_search).isPresent = isOn
        screen.pageChanged()
        val keyboard = screen.getSystemService(InputMethodManager::class.java)
        if (isOn) {
            query.requestFocus()
            keyboard?.showSoftInput(query, 0)
        } else {
            keyboard?.hideSoftInputFromWindow(query.windowToken, 0)
            query.text.clear()
        }
        refresh()
    }

    private fun selected() {
        // Of two bars at one foot, what is past would be taken for what is picked.
        if (selection.isOn) {
            screen.closeUndo()
            allowance.hide()
        }
        rows.notifyDataSetChanged()
        page.view<View>(R.id.box_selection).isPresent = selection.isOn
        val count = selection.size
        page.view<TextView>(R.id.box_selected).text =
            if (count == 0) screen.getString(R.string.box_selected_none) else screen.resources.getQuantityString(R.plurals.box_selected, count, count)
        for (button in listOf(R.id.box_restore, R.id.box_delete)) page.view<View>(button).run {
            isEnabled = count > 0
            alpha = if (isEnabled) 1f else 0.5f
        }
        screen.pageChanged()
    }

    private fun restore(moved: Moved): Unit = restore(listOf(moved.key), moved)

    /** @param one the message, if it is one alone: the like of it may be allowed */
    private fun restore(keys: List<MessageKey>, one: Moved?): Unit = screen.work.load(screen, { box.restore(keys) }, ::failed) { restored ->
        if (selection.isOn) selection.end()
        refresh()
        if (restored.isEmpty()) return@load
        // What looks bad is not offered: anybody can write a name that is known.
        if (one == null || one.entry.received.category.isBlocked) allowance.hide() else allowance.offer(one)
        val done = screen.resources.getQuantityString(R.plurals.box_restored, restored.size, restored.size)
        screen.offerUndo(done, Bundle().apply { putKeys(restored) })
    }

    override fun undo(way: Bundle): Unit = screen.work.load(screen, { allowance.undo(way) || box.undoRestore(way.keys()) }, ::failed) {
        allowance.hide()
        refresh()
    }

    private fun failed(e: Exception) {
        Toast.makeText(screen, screen.refusal(e) ?: screen.getString(R.string.box_not_done), Toast.LENGTH_LONG).show()
        refresh()
    }

    override val isInside: Boolean get() = selection.isOn || isSearching || category != null

    override fun back() = when {
        selection.isOn -> selection.end()
        isSearching -> search(false)
        else -> choose(null)
    }

    override fun save(state: Bundle) {
        state.putString(CATEGORY, category?.name)
        state.putInt(MOST, most)
        if (isSearching) state.putString(QUERY, query.text.toString())
        selection.save(state)
    }

    override fun restore(state: Bundle) {
        category = state.getString(CATEGORY)?.let { name -> Category.entries.find { it.name == name } }
        most = state.getInt(MOST, PAGE)
        state.getString(QUERY)?.let {
            page.view<View>(R.id.box_search).isPresent = true
            query.setText(it)
        }
        selection.restore(state)
    }

    private companion object {
        const val PAGE = 50
        const val CATEGORY = "category"
        const val QUERY = "query"
        const val MOST = "most"
    }
}
