package org.smsfilter.demo.view

import android.app.Activity
import android.app.Dialog
import android.content.Intent
import android.os.Build
import android.os.Bundle
import android.util.TypedValue.COMPLEX_UNIT_PX
import android.view.View
import android.view.ViewGroup
import android.view.WindowInsets
import android.widget.FrameLayout
import android.widget.TextView
import android.widget.Toolbar
import org.smsfilter.demo.MainActivity
import org.smsfilter.demo.R
import org.smsfilter.demo.Since
import org.smsfilter.demo.app
import org.smsfilter.demo.shield.FirstRun
import org.smsfilter.demo.shield.PrivacyActivity

/**
 * What all screens have: a bar with title and way back, room for the system's bars, a place to undo at, and questions; these two are still
 * there when the screen was turned or the process ended. Each screen is for who agreed to the privacy notice.
 */
abstract class Screen : Activity() {
    val work get() = app.background
    private lateinit var toolbar: Toolbar
    private val undoBar = UndoBar(this)
    private val questions = Questions(this)

    /** Whether it is for who agreed to the privacy notice: whoever comes in otherwise, from another application or a notice, reads that first. */
    protected open val needsConsent: Boolean get() = true

    /** Where the privacy notice leads then. */
    protected open val after: Intent get() = MainActivity.intent(this)

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        if (!needsConsent || FirstRun(this).isAgreed) return
        startActivity(PrivacyActivity.intent(this, after))
        finish()
    }

    override fun onSaveInstanceState(state: Bundle) {
        super.onSaveInstanceState(state)
        undoBar.save(state)
        questions.save(state)
    }

    override fun onRestoreInstanceState(state: Bundle) {
        super.onRestoreInstanceState(state)
        undoBar.restore(state)
        questions.restore(state)
    }

    override fun onDestroy() {
        super.onDestroy()
        questions.close()
    }

    /**
     * Shows a layout below the bar.
     *
     * @param foot a layout that stays at the foot of the screen; 0: none
     */
    protected fun show(layout: Int, title: CharSequence, isRoot: Boolean = false, foot: Int = 0) {
        setContentView(R.layout.screen)
        val frame = view<FrameLayout>(R.id.frame)
        layoutInflater.inflate(layout, view<ViewGroup>(R.id.content))
        if (foot != 0) layoutInflater.inflate(foot, view<ViewGroup>(R.id.foot))
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
        val view = findViewById<TextView>(R.id.screen_title) ?: return
        view.text = title
        // A number does not go on in a second line: where letters are large it is as large as there is room for.
        val isNumber = !title.isNullOrEmpty() && title.all { it.isDigit() || it in "+- " }
        view.maxLines = if (isNumber) 1 else Int.MAX_VALUE
        view.setAutoSizeTextTypeWithDefaults(if (isNumber) TextView.AUTO_SIZE_TEXT_TYPE_UNIFORM else TextView.AUTO_SIZE_TEXT_TYPE_NONE)
        if (isNumber) view.setAutoSizeTextTypeUniformWithConfiguration(
            resources.getDimensionPixelSize(R.dimen.space_3), resources.getDimensionPixelSize(R.dimen.text_title), 1, COMPLEX_UNIT_PX,
        )
    }

    /** Target 35 draws below the system's bars and the keyboard: the frame keeps clear of them. */
    @Since(30)
    private fun edges(frame: View) = frame.setOnApplyWindowInsetsListener { view, insets ->
        val bars = insets.getInsets(WindowInsets.Type.systemBars() or WindowInsets.Type.displayCutout() or WindowInsets.Type.ime())
        view.setPadding(bars.left, bars.top, bars.right, bars.bottom)
        WindowInsets.CONSUMED
    }

    /** Says what was done, and offers to take it back. [way] tells [undo] how, perhaps in a later process. */
    fun offerUndo(text: CharSequence, way: Bundle): Unit = undoBar.show(text, way)

    /** Offers it no longer. */
    fun closeUndo(): Unit = undoBar.close()

    /** Takes back what [offerUndo] offered. */
    open fun undo(way: Bundle): Unit = Unit

    /** Asks in a dialog. [what] tells [question] which, perhaps in a later process. */
    fun ask(what: Bundle): Unit = questions.ask(what)

    /** Makes the dialog that [ask] asked for; `null` if there is nothing to ask any more. */
    open fun question(what: Bundle): Dialog? = null

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
