package org.smsfilter.demo.view

import android.content.Context
import android.util.AttributeSet
import android.view.ViewGroup
import org.smsfilter.demo.R

/** Views beside each other, in as many lines as it takes. */
class Flow(context: Context, attributes: AttributeSet?) : ViewGroup(context, attributes) {
    private val gap = resources.getDimensionPixelSize(R.dimen.space_2)

    override fun onMeasure(widthSpec: Int, heightSpec: Int) {
        val width = MeasureSpec.getSize(widthSpec)
        measureChildren(MeasureSpec.makeMeasureSpec(width, MeasureSpec.AT_MOST), MeasureSpec.UNSPECIFIED)
        setMeasuredDimension(width, place(width) { _, _, _ -> })
    }

    override fun onLayout(changed: Boolean, left: Int, top: Int, right: Int, bottom: Int) {
        val isMirrored = layoutDirection == LAYOUT_DIRECTION_RTL
        place(right - left) { at, x, y ->
            val child = getChildAt(at)
            val start = if (isMirrored) right - left - x - child.measuredWidth else x
            child.layout(start, y, start + child.measuredWidth, y + child.measuredHeight)
        }
    }

    /** Where each goes; gives the height of all. */
    private fun place(width: Int, put: (Int, Int, Int) -> Unit): Int {
        var (x, y, line) = Triple(0, 0, 0)
        for (at in 0 until childCount) {
            val child = getChildAt(at)
            if (x > 0 && x + child.measuredWidth > width) {
                y += line + gap
                x = 0
                line = 0
            }
            put(at, x, y)
            x += child.measuredWidth + gap
            line = maxOf(line, child.measuredHeight)
        }
        return y + line
    }
}
