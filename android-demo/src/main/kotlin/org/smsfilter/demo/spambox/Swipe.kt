package org.smsfilter.demo.spambox

import android.view.MotionEvent
import android.view.View
import android.view.ViewConfiguration
import kotlin.math.abs

/** Lets a row follow a finger aside; let go far enough, it does what a button of the row does, too. */
class Swipe(private val isOn: () -> Boolean, private val act: () -> Unit) : View.OnTouchListener {
    private var x = 0f
    private var y = 0f
    private var isSwiping = false

    override fun onTouch(row: View, event: MotionEvent): Boolean {
        val (across, along) = event.rawX - x to event.rawY - y
        when (event.actionMasked) {
            MotionEvent.ACTION_DOWN -> {
                x = event.rawX
                y = event.rawY
                isSwiping = false
            }
            MotionEvent.ACTION_MOVE -> {
                if (!isSwiping && isOn() && abs(across) > ViewConfiguration.get(row.context).scaledTouchSlop && abs(across) > 2 * abs(along)) begin(row, event)
                if (isSwiping) place(row, across)
            }
            MotionEvent.ACTION_UP, MotionEvent.ACTION_CANCEL -> if (isSwiping) {
                isSwiping = false
                place(row, 0f)
                if (event.actionMasked == MotionEvent.ACTION_UP && abs(across) > row.width / 3) act()
                return true
            }
        }
        return isSwiping
    }

    /** From here on it is neither a tap nor the scrolling of the list. */
    private fun begin(row: View, event: MotionEvent) {
        isSwiping = true
        row.parent.requestDisallowInterceptTouchEvent(true)
        val cancel = MotionEvent.obtain(event).apply { action = MotionEvent.ACTION_CANCEL }
        row.onTouchEvent(cancel)
        cancel.recycle()
    }

    private fun place(row: View, across: Float) {
        row.translationX = across
        row.alpha = 1 - abs(across) / maxOf(row.width, 1) / 2
    }
}
