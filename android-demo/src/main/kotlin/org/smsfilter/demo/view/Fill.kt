package org.smsfilter.demo.view

import android.view.LayoutInflater
import android.view.View
import android.view.ViewGroup

/** Shows some items below each other, anew. For lists that are short: a long one takes [Rows]. */
fun <T> ViewGroup.fill(layout: Int, items: List<T>, bind: View.(T) -> Unit) {
    removeAllViews()
    for (item in items) {
        val row = LayoutInflater.from(context).inflate(layout, this, false)
        row.bind(item)
        addView(row)
    }
}
