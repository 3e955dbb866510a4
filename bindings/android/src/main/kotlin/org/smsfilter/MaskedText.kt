package org.smsfilter

/**
 * A text without personal details, for rule maintainers. Only [SmsFilter.redact] makes one, so it is never the verbatim text
 * that authorities ask for.
 *
 * @property text what may be shared once the user has seen it
 */
public class MaskedText internal constructor(public val text: String) {
    override fun equals(other: Any?): Boolean = other is MaskedText && other.text == text

    override fun hashCode(): Int = text.hashCode()

    /** Without the text: what was overlooked belongs into no log. */
    override fun toString(): String = "MaskedText(${text.length} UTF-16 units)"
}
