package org.smsfilter.demo.view

import android.content.Context
import android.graphics.Canvas
import android.graphics.Paint
import android.util.AttributeSet
import android.view.View
import org.smsfilter.demo.R

/** Bars side by side for each day, in colours that a legend names. What it shows it also says in words. */
class WeekChart(context: Context, attributes: AttributeSet?) : View(context, attributes) {
    /** @property values one for each of [COLOURS] */
    class Bars(val label: String, val values: List<Int>)

    private val paint = Paint(Paint.ANTI_ALIAS_FLAG)
    private val ink = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        color = context.getColor(R.color.ink_soft)
        textSize = resources.getDimension(R.dimen.text_small)
        textAlign = Paint.Align.CENTER
    }
    private val space = resources.getDimension(R.dimen.space_1)
    private var bars: List<Bars> = emptyList()

    /** @param words the same in words, for who does not see it */
    fun show(bars: List<Bars>, words: String) {
        this.bars = bars
        contentDescription = words
        invalidate()
    }

    override fun onDraw(canvas: Canvas) {
        if (bars.isEmpty()) return
        val most = bars.maxOf { it.values.max() }.coerceAtLeast(1)
        val foot = height - ink.textSize - 2 * space
        val head = ink.textSize + space
        val wide = width.toFloat() / bars.size
        paint.color = context.getColor(R.color.line)
        canvas.drawRect(0f, foot, width.toFloat(), foot + 1, paint)
        bars.forEachIndexed { i, day ->
            val middle = wide * (i + 0.5f)
            // What is none takes no room: the others stand above their day.
            val there = day.values.withIndex().filter { it.value > 0 }
            val each = ((wide - 2 * space) / there.size.coerceAtLeast(1)).coerceAtMost(4 * space)
            var left = middle - each * there.size / 2
            for ((kind, value) in there) {
                paint.color = context.getColor(COLOURS[kind])
                val top = foot - (foot - head) * value / most
                canvas.drawRoundRect(left + 1, top, left + each - 1, foot, space / 2, space / 2, paint)
                canvas.drawText("$value", left + each / 2, top - space / 2, ink)
                left += each
            }
            canvas.drawText(day.label, middle, height - space, ink)
        }
    }

    companion object {
        val COLOURS = listOf(R.color.accent, R.color.on_info_soft, R.color.danger)
    }
}
