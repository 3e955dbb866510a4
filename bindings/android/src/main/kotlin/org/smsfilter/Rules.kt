package org.smsfilter

import java.io.File

/**
 * Where a filter keeps its rules, and what it starts with.
 *
 * @property directory a directory of its own, which no backup restores; made when first written to. One filter of one
 *   process at a time
 * @property image the image of the rules that the application brings
 * @property bundle the bundle that the image was made of, asked for when rules are installed, never by a receiver
 * @property trust whose signatures count when rules are installed; without it none can be
 */
public class Config @JvmOverloads constructor(
    public val directory: File,
    internal val image: ByteArray,
    internal val bundle: () -> ByteArray,
    public val trust: Trust? = null,
)

/**
 * A layer of installed rules.
 *
 * @property seq its sequence number: higher is newer
 * @property issuedAt when it was issued, seconds since 1970 UTC
 * @property notAfter until when its publisher vouches for it, seconds since 1970 UTC; it stays in use after that
 * @property signers ids of the keys that signed it
 */
public data class Layer(
    val publisher: String,
    val layer: String,
    val seq: Long,
    val issuedAt: Long,
    val notAfter: Long,
    val signers: List<String>,
    val title: Text,
)

/**
 * Something that is not as it should be with the rules. Whatever it is, messages go on being delivered.
 *
 * @property code stable, for programs: `rebuild-needed`, `damaged` and `state-damaged` ask for [SmsFilter.rebuild]
 * @property text what the user reads
 */
public data class Health(val code: String, val text: Text)
