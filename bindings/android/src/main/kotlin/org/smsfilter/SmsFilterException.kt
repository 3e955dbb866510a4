package org.smsfilter

import java.util.Locale

/**
 * A call was refused; nothing changed.
 *
 * @property code stable, for programs: `area.reason`
 * @property zh what happened and what to do, in Chinese
 * @property en what happened and what to do, in English
 */
public class SmsFilterException internal constructor(
    public val code: String,
    public val zh: String,
    public val en: String,
    cause: Throwable?,
) : RuntimeException("$code: $en", cause) {
    /** The sentence in the language of the default locale. */
    override fun getLocalizedMessage(): String = if (Locale.getDefault().language == "zh") zh else en
}
