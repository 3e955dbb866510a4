package org.smsfilter.demo.view

import android.content.Context
import android.icu.text.Transliterator
import android.os.Build
import org.smsfilter.SmsFilterException
import org.smsfilter.Text
import org.smsfilter.demo.R
import org.smsfilter.demo.Since

/** Items as the user's language lists them. */
fun Context.listed(items: List<String>): String = items.joinToString(getString(R.string.why_listed))

/** Whether the user reads Chinese. */
val Context.isChinese: Boolean get() = resources.configuration.locales[0].language == "zh"

/** What the library says, in the user's language. */
fun Context.words(text: Text): String = if (isChinese) inScript(text.zh) else text.en

/** Why the library refused, in the user's language. */
fun Context.words(refused: SmsFilterException): String = if (isChinese) inScript(refused.zh) else refused.en

/** The same; `null` if it is no refusal of the library's. */
fun Context.refusal(e: Exception): String? = (e as? SmsFilterException)?.let(::words)

/** The library writes simplified characters. From Android 10 on they are shown as the user reads them. */
private fun Context.inScript(text: String): String {
    val locale = resources.configuration.locales[0]
    val isTraditional = locale.script == "Hant" || locale.script.isEmpty() && locale.country in TRADITIONAL
    return if (isTraditional && Build.VERSION.SDK_INT >= 29) traditional(text) else text
}

@Since(29)
private fun traditional(text: String): String = try {
    Transliterator.getInstance("Hans-Hant").transliterate(text)
} catch (_: IllegalArgumentException) {
    // A phone without the table reads what the library wrote.
    text
}

private val TRADITIONAL = setOf("TW", "HK", "MO")
