package org.smsfilter.demo.view

import android.content.Context
import android.view.LayoutInflater
import android.view.View
import android.view.ViewGroup
import org.smsfilter.SmsFilterException
import org.smsfilter.Text

/** Shows some items below each other, anew. For lists that are short: a long one takes [Rows]. */
fun <T> ViewGroup.fill(layout: Int, items: List<T>, bind: View.(T) -> Unit) {
    removeAllViews()
    for (item in items) {
        val row = LayoutInflater.from(context).inflate(layout, this, false)
        row.bind(item)
        addView(row)
    }
}

/** Whether the user reads Chinese. */
val Context.isChinese: Boolean get() = resources.configuration.locales[0].language == "zh"

/** What the library says, in the user's language. */
fun Context.words(text: Text): String = if (isChinese) text.zh else text.en

/** Why the library refused, in the user's language; `null` if it is no refusal of the library's. */
fun Context.refusal(e: Exception): String? = (e as? SmsFilterException)?.let { if (isChinese) it.zh else it.en }
