package org.smsfilter.demo.view

import android.content.Context
import android.util.AttributeSet
import android.view.View
import android.view.View.MeasureSpec.UNSPECIFIED
import android.widget.LinearLayout
import kotlin.math.ceil

/** Views beside each other where there is room for all that they say, else one below the other. */
class SideBySide(context: Context, attributes: AttributeSet?) : LinearLayout(context, attributes) {
    /** How a view is laid out beside the others. */
    private class Beside(val width: Int, val weight: Float, val gap: Int)

    private var beside = emptyList<Beside>()
    private val children: List<View> get() = (0 until childCount).map(::getChildAt)
    private val View.params: LayoutParams get() = layoutParams as LayoutParams

    override fun onFinishInflate() {
        super.onFinishInflate()
        beside = children.map { Beside(it.params.width, it.params.weight, it.params.marginStart) }
    }

    override fun onMeasure(widthSpec: Int, heightSpec: Int) {
        val room = if (MeasureSpec.getMode(widthSpec) == UNSPECIFIED) Int.MAX_VALUE else MeasureSpec.getSize(widthSpec) - paddingStart - paddingEnd
        arrange(if (wanted() > room) VERTICAL else HORIZONTAL)
        super.onMeasure(widthSpec, heightSpec)
    }

    /** How wide it is with each text on one line. */
    private fun wanted(): Int {
        val free = MeasureSpec.makeMeasureSpec(0, UNSPECIFIED)
        var (fixed, unit, units) = Triple(0, 0f, 0f)
        for ((child, at) in children.zip(beside).filter { it.first.visibility != GONE }) {
            child.measure(free, free)
            fixed += at.gap + child.params.marginEnd
            units += at.weight
            if (at.weight > 0) unit = maxOf(unit, child.measuredWidth / at.weight) else fixed += child.measuredWidth
        }
        return fixed + ceil(unit * units).toInt()
    }

    private fun arrange(to: Int) {
        if (to == orientation) return
        orientation = to
        val isStacked = to == VERTICAL
        for ((child, at) in children.zip(beside)) child.layoutParams = child.params.apply {
            width = if (isStacked && at.weight > 0) LayoutParams.MATCH_PARENT else at.width
            weight = if (isStacked) 0f else at.weight
            marginStart = if (isStacked) 0 else at.gap
            topMargin = if (isStacked) at.gap else 0
        }
    }
}
