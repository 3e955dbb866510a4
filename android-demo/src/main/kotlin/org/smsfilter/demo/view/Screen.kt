package org.smsfilter.demo.view

import android.app.Activity
import android.os.Build
import android.view.View
import android.view.ViewGroup
import android.view.WindowInsets
import android.widget.FrameLayout
import android.widget.TextView
import android.widget.Toolbar
import org.smsfilter.demo.R
import org.smsfilter.demo.Since
import org.smsfilter.demo.app

/** What all screens have: a bar with title and way back, room for the system's bars, and a place to undo at. */
abstract class Screen : Activity() {
    val work get() = app.background
    private lateinit var toolbar: Toolbar

    /** Shows a layout below the bar. */
    protected fun show(layout: Int, title: CharSequence, isRoot: Boolean = false) {
        setContentView(R.layout.screen)
        val frame = view<FrameLayout>(R.id.frame)
        layoutInflater.inflate(layout, view<ViewGroup>(R.id.content))
        toolbar = view(R.id.toolbar)
        setActionBar(toolbar)
        actionBar?.setDisplayShowTitleEnabled(false)
        actionBar?.setDisplayHomeAsUpEnabled(!isRoot)
        setTitle(title)
        toolbar.setNavigationContentDescription(R.string.back)
        toolbar.setNavigationOnClickListener { finish() }
        if (Build.VERSION.SDK_INT >= 30) edges(frame) else frame.fitsSystemWindows = true
    }

    /** The title is a text of the layout: the bar's own is cut where letters are large. */
    override fun onTitleChanged(title: CharSequence?, color: Int) {
        super.onTitleChanged(title, color)
        findViewById<TextView>(R.id.screen_title)?.text = title
    }

    /** Target 35 draws below the system's bars and the keyboard: the frame keeps clear of them. */
    @Since(30)
    private fun edges(frame: View) = frame.setOnApplyWindowInsetsListener { view, insets ->
        val bars = insets.getInsets(WindowInsets.Type.systemBars() or WindowInsets.Type.displayCutout() or WindowInsets.Type.ime())
        view.setPadding(bars.left, bars.top, bars.right, bars.bottom)
        WindowInsets.CONSUMED
    }

    /** Runs [change] in the background, tells of it, and offers to take it back. */
    fun undoable(text: CharSequence, change: () -> Unit, undo: () -> Unit, after: () -> Unit) {
        work.load(this, change) {
            after()
            UndoBar.show(this, text) { work.load(this, undo) { after() } }
        }
    }

    fun <T : View> view(id: Int): T = checkNotNull(findViewById(id)) { "the layout lacks a view" }
}

/** A view of a row or a page. */
fun <T : View> View.view(id: Int): T = checkNotNull(findViewById(id)) { "the layout lacks a view" }

/** Whether it takes part in the layout. */
var View.isPresent: Boolean
    get() = visibility == View.VISIBLE
    set(value) {
        visibility = if (value) View.VISIBLE else View.GONE
    }
