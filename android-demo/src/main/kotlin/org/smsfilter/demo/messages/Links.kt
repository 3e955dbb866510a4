package org.smsfilter.demo.messages

import android.net.Uri

/**
 * A web address in a text.
 *
 * @property start where it begins, in UTF-16 units
 * @property end behind its last unit
 */
class Link(val start: Int, val end: Int, val url: Uri) {
    /** The site that opens: what is behind the last @ and before the path. */
    val host: String get() = url.host.orEmpty()

    /** Whether letters of other scripts are in its name, which may look like those of another. */
    val isForeign: Boolean get() = host.split('.').any { it.startsWith("xn--", ignoreCase = true) }
}

/** Finds web addresses. Chinese text follows them without a space, so they are of ASCII alone; what is not found stays plain text. */
object Links {
    private const val NAME = "(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\\.)+[A-Za-z][A-Za-z0-9-]{1,62}"
    private const val REST = "(?::[0-9]{1,5})?(?:[/?#][A-Za-z0-9\\-._~:/?#\\[\\]@!$&'()*+,;=%]*)?"
    private val WHOLE = "https?://(?:[A-Za-z0-9._~%!$&'*+,;=:-]*@)?(?:$NAME|[0-9]{1,3}(?:\\.[0-9]{1,3}){3})$REST"
    private val SHORT = "(?<![A-Za-z0-9@._-])(?:$NAME(?::[0-9]{1,5})?/[A-Za-z0-9\\-._~:/?#\\[\\]@!$&'()*+,;=%]*|" +
        "(?:[A-Za-z0-9-]{1,63}\\.)+(?:com|cn|net|org|top|xyz|vip|cc|me|tv|hk|tw|info|shop|site|club|icu)(?![A-Za-z0-9-])$REST)"
    private val ADDRESS = Regex("$WHOLE|$SHORT", RegexOption.IGNORE_CASE)
    private const val PUNCTUATION = ".,;:!?'()[]"

    fun find(text: String): List<Link> = ADDRESS.findAll(text).mapNotNull { found ->
        val address = found.value.trimEnd { it in PUNCTUATION }
        val url = Uri.parse(if (address.contains("://")) address else "http://$address").normalizeScheme()
        if (url.host.isNullOrEmpty()) null else Link(found.range.first, found.range.first + address.length, url)
    }.toList()
}
