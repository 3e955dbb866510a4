package org.smsfilter.demo.messages

/** The one-time code in a message that has one. */
object Codes {
    private val WORD = Regex(
        "验证码|校验码|动态码|动态密码|确认码|认证码|短信口令|驗證碼|校驗碼|動態密碼|認證碼|verification code|security code|passcode|\\bcode\\b|\\bOTP\\b|\\bPIN\\b",
        RegexOption.IGNORE_CASE,
    )

    /** Digits, or letters and digits, that stand alone and are no date, sum or hour. */
    private val CODE = Regex("(?<![A-Za-z0-9.:¥$])(?=[A-Za-z]*[0-9])[A-Za-z0-9]{4,8}(?![A-Za-z0-9]|[.:][0-9]|\\s?[年月日元秒分])")

    /** Letters alone count where they follow the word at once. */
    private val LETTERS = Regex("^\\s?[:：是为為]?\\s?([A-Z]{4,8})(?![A-Za-z0-9])")
    private const val BEFORE = 24
    private const val AFTER = 40

    /** The code nearest to a word that announces it, and rather one behind it; `null` if there is none. */
    fun find(text: String): String? {
        val words = WORD.findAll(text).map { it.range }.toList()
        for (word in words) {
            val after = text.substring(word.last + 1, minOf(text.length, word.last + 1 + AFTER))
            LETTERS.find(after)?.let { return it.groupValues[1] }
        }
        val codes = CODE.findAll(text).toList()
        fun nearest(distance: (IntRange, MatchResult) -> Int, most: Int): String? = words
            .flatMap { word -> codes.map { distance(word, it) to it.value } }.filter { it.first in 0..most }.minByOrNull { it.first }?.second
        return nearest({ word, code -> code.range.first - word.last - 1 }, AFTER)
            ?: nearest({ word, code -> word.first - code.range.last - 1 }, BEFORE)
    }
}
