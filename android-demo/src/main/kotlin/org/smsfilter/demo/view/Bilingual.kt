package org.smsfilter.demo.view

import android.content.Context
import org.smsfilter.SmsFilterException
import org.smsfilter.Text

/** What the library says, in the language of the screen: it has Chinese and English. */
fun Context.words(text: Text): String = if (isChinese) text.zh else text.en

/** Why something was refused, for the user. */
fun Context.words(refused: SmsFilterException): String = if (isChinese) refused.zh else refused.en

private val Context.isChinese: Boolean get() = resources.configuration.locales[0].language == "zh"
