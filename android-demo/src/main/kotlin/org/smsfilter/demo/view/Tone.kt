package org.smsfilter.demo.view

import android.content.res.ColorStateList
import android.widget.TextView
import org.smsfilter.Category
import org.smsfilter.demo.R

/** What a colour says, always beside words. */
enum class Tone(val ground: Int, val ink: Int) {
    DANGER(R.color.danger_soft, R.color.on_danger_soft),
    WARN(R.color.warn_soft, R.color.on_warn_soft),
    INFO(R.color.info_soft, R.color.on_info_soft),
    CALM(R.color.calm_soft, R.color.on_calm_soft),
    GOOD(R.color.accent_soft, R.color.on_accent_soft),
    ;

    companion object {
        fun of(category: Category): Tone = when {
            category.isBlocked -> DANGER
            category == Category.PROMOTION -> WARN
            category == Category.CODE -> INFO
            else -> CALM
        }
    }
}

/** Shows a text as a chip; no text, no chip. */
fun TextView.chip(text: CharSequence?, tone: Tone) {
    isPresent = !text.isNullOrEmpty()
    this.text = text
    backgroundTintList = ColorStateList.valueOf(context.getColor(tone.ground))
    setTextColor(context.getColor(tone.ink))
}
