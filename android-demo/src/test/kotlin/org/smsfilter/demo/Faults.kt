package org.smsfilter.demo

import android.app.Activity
import android.graphics.Rect
import android.text.Layout
import android.view.View
import android.view.ViewGroup
import android.widget.AbsListView
import android.widget.Button
import android.widget.EditText
import android.widget.HorizontalScrollView
import android.widget.ScrollView
import android.widget.TextView
import org.robolectric.shadows.ShadowDialog

/** A screen, and the dialog above it. */
val Activity.windows: List<View>
    get() = listOfNotNull(window.decorView, ShadowDialog.getLatestDialog()?.takeIf { it.isShowing }?.window?.decorView)

/** What a user with large letters, large fingers or a screen reader would stumble over, a sentence each. */
fun View.faults(): List<String> = all().flatMap { view ->
    val label = all { it is TextView && it.labelFor == view.id && view.id != View.NO_ID }.flatMap { it.texts() }
    val name = (label + listOfNotNull(view.contentDescription, (view as? TextView)?.hint) + view.texts()).joinToString(" ")
    listOfNotNull(
        "can be tapped and has no name".takeIf { view.takesTaps && name.isBlank() },
        "can be tapped and is ${view.width} × ${view.height}".takeIf { view.takesTaps && minOf(view.width, view.height) < touch },
        (view as? TextView)?.cut,
        "is outside of what can be seen".takeIf { view is TextView && view.text.isNotEmpty() && view.isOutside(this) },
    ).map { "${view.javaClass.simpleName} «$name» $it" }
}

private val View.touch: Int get() = resources.getDimensionPixelSize(R.dimen.touch)

/** Whether it is a target of its own: a text is none that can be selected, or has links in it. */
private val View.takesTaps: Boolean
    get() = width > 0 && height > 0 && this !is AbsListView && (isClickable && !isText || (parent as? AbsListView)?.onItemClickListener != null)

private val View.isText: Boolean get() = this is TextView && this !is EditText && this !is Button && movementMethod != null

/** How its text does not fit; `null` if it fits, or is the beginning of a message, which is meant to be cut. */
private val TextView.cut: String?
    get() {
        val layout = layout ?: return null
        if (width == 0 || height == 0) return null
        val wide = width - compoundPaddingStart - compoundPaddingEnd
        val tall = height - compoundPaddingTop - compoundPaddingBottom
        val lines = 0 until layout.lineCount
        return when {
            this is EditText && text.isEmpty() -> hint?.let { hint ->
                "has a hint of ${Layout.getDesiredWidth(hint, paint).toInt()} on $wide".takeIf { maxLines == 1 && Layout.getDesiredWidth(hint, paint) > wide }
            }
            // What is being written scrolls.
            this is EditText -> null
            lines.any { layout.getEllipsisCount(it) > 0 } -> "is shortened".takeIf { id != R.id.text }
            layout.height > tall && maxLines == Int.MAX_VALUE -> "is ${layout.height} tall on $tall"
            layout.getLineBottom(minOf(maxLines, layout.lineCount) - 1) > tall + 1 -> "is cut at $tall"
            lines.any { layout.getLineMax(it) > wide + 1 } -> "is wider than $wide"
            else -> lines.firstOrNull { breaksWord(layout.getLineEnd(it)) }?.let { "breaks «${text.subSequence(layout.getLineStart(it), layout.getLineEnd(it))}|»" }
        }
    }

/** Whether a line ends within a word; an address or a number may be cut. */
private fun TextView.breaksWord(end: Int): Boolean {
    if (end <= 0 || end >= text.length) return false
    fun isLetter(char: Char) = char in 'a'..'z' || char in 'A'..'Z'
    val word = text.substring(text.lastIndexOfAny(charArrayOf(' ', '\n'), end - 1) + 1).takeWhile { it != ' ' && it != '\n' }
    return isLetter(text[end - 1]) && isLetter(text[end]) && "/" !in word && "." !in word
}

/** Whether a part of it lies outside of something that it is in and that does not scroll there. */
private fun View.isOutside(root: View): Boolean {
    val rect = Rect(0, 0, width, height)
    var (isAcross, isDown) = true to true
    var view: View = this
    while (view !== root) {
        val parent = view.parent as? ViewGroup ?: return false
        rect.offset(view.left + view.translationX.toInt() - parent.scrollX, view.top + view.translationY.toInt() - parent.scrollY)
        if (parent is HorizontalScrollView) isAcross = false
        if (parent is ScrollView || parent is AbsListView) isDown = false
        if (isAcross && (rect.left < 0 || rect.right > parent.width)) return true
        if (isDown && (rect.top < 0 || rect.bottom > parent.height)) return true
        view = parent
    }
    return false
}
