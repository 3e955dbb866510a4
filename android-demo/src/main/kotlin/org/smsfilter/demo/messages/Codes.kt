package org.smsfilter.demo.messages

import android.content.Context
import org.smsfilter.demo.R

/** The one-time code in a message that has one. */
class Codes(context: Context) {
    private val word = Regex(context.getString(R.string.code_words_zh) + ENGLISH, RegexOption.IGNORE_CASE)

    /** Digits, or letters and digits, that stand alone and are no date, sum or hour. */
    private val code =
        Regex("(?<![A-Za-z0-9.:¥$])(?=[A-Za-z]*[0-9])[A-Za-z0-9]{4,8}(?![A-Za-z0-9]|[.:][0-9]|\\s?[${context.getString(R.string.code_units_zh)}])")

    /** The code nearest to a word that announces it, and rather one behind it; `null` if there is none. */
    fun find(text: String): String? {
        val words = word.findAll(text).map { it.range }.toList()
        for (word in words) LETTERS.find(text.drop(word.last + 1).take(AFTER))?.let { return it.groupValues[1] }
        val codes = code.findAll(text).toList()
        fun nearest(most: Int, distance: (IntRange, IntRange) -> Int): String? = words
            .flatMap { word -> codes.map { distance(word, it.range) to it.value } }.filter { it.first in 0..most }.minByOrNull { it.first }?.second
        return nearest(AFTER) { word, code -> code.first - word.last - 1 } ?: nearest(BEFORE) { word, code -> word.first - code.last - 1 }
    }

    private companion object {
        const val ENGLISH = "|verification code|security code|passcode|\\bcode\\b|\\bOTP\\b|\\bPIN\\b"

        /** Letters alone count where they follow the word at once. */
        val LETTERS = Regex("^\\s?[:\\uFF1A]\\s?([A-Z]{4,8})(?![A-Za-z0-9])")
        const val BEFORE = 24
        const val AFTER = 40
    }
}
