package org.smsfilter.demo.view

import android.content.Context
import android.view.ViewGroup
import android.widget.LinearLayout

/** Whether the text is so large that what is side by side has to go one below the other. */
val Context.isLargeText: Boolean get() = resources.configuration.fontScale > 1.3f

/** Puts what is side by side one below the other, where the text is large. */
fun LinearLayout.stackIfLarge() {
    if (!context.isLargeText) return
    orientation = LinearLayout.VERTICAL
    for (i in 0 until childCount) {
        getChildAt(i).layoutParams = LinearLayout.LayoutParams(ViewGroup.LayoutParams.MATCH_PARENT, ViewGroup.LayoutParams.WRAP_CONTENT)
    }
}
