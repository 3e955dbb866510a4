package org.smsfilter.demo.view

import android.content.Context
import android.util.AttributeSet
import android.view.View.MeasureSpec.makeMeasureSpec
import android.widget.FrameLayout
import org.smsfilter.demo.R

/** As wide as the screen, but no wider than lines can be read. */
class Column(context: Context, attributes: AttributeSet?) : FrameLayout(context, attributes) {
    private val widest = resources.getDimensionPixelSize(R.dimen.widest)

    override fun onMeasure(widthSpec: Int, heightSpec: Int) =
        super.onMeasure(makeMeasureSpec(minOf(MeasureSpec.getSize(widthSpec), widest), MeasureSpec.getMode(widthSpec)), heightSpec)
}
