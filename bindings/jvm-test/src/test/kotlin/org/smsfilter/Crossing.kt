package org.smsfilter

import java.io.DataInputStream
import java.io.File

/**
 * A message that is hard to carry, and what the core says of it, as `tests/src/crossing` writes both: lone surrogates are
 * still in [message], and the core has judged it with U+FFFD in the place of each.
 *
 * @property preset `null` for the user's own policy
 * @property answer category, score, points, flags, action, row, whether it is quiet, days: what both roads say
 * @property reasons a line each
 */
class Crossing(
    val message: Message,
    val preset: Preset?,
    val answer: String,
    val subcategory: String,
    val title: String,
    val reasons: String,
) {
    /** What the receive path says otherwise; `null` if nothing. */
    fun receivedOtherwise(filter: MessageFilter): String? {
        val said = if (preset == null) filter.receive(message) else filter.receive(message, preset)
        val answer = with(said) { answer(category, score, points, flags, action, row, isQuiet, keepDays) }
        return difference(listOf(this.answer, subcategory, title, null), listOf(answer, said.subcategory, said.title, said.failure))
    }

    /** What the whole surface says otherwise; `null` if nothing. */
    fun decidedOtherwise(filter: MessageFilter): String? {
        val (verdict, decision) = if (preset == null) filter.decide(message) else filter.decide(message, preset)
        val answer = with(verdict) {
            answer(category, score, points, flags, decision.action, decision.row, decision.isQuiet, decision.keepDays)
        }
        val reasons = filter.explain(message).joinToString("") { reason ->
            val spans = reason.spans.joinToString("") { "\t${it.start}-${it.end}" }
            "${reason.rule}\t${reason.publisher}\t${reason.points}$spans\n"
        }
        return difference(listOf(this.answer, subcategory, this.reasons), listOf(answer, verdict.subcategory, reasons))
    }

    private fun difference(core: List<Any?>, binding: List<Any?>) =
        if (core == binding) null else "the core says $core, the binding $binding"

    private fun answer(
        category: Category,
        score: Int,
        points: Int,
        flags: Set<Flag>,
        action: Action,
        row: String,
        isQuiet: Boolean,
        keepDays: Int?,
    ) = listOf(category.wire, score, points, flags.joinToString(" ", transform = ::wire), wire(action), row, isQuiet, keepDays ?: "")
        .joinToString("\t")

    private fun wire(constant: Enum<*>) = constant.name.lowercase().replace('_', '-')

    companion object {
        /** The messages of a file, read as they are asked for. */
        fun read(file: File): Sequence<Crossing> = sequence {
            DataInputStream(file.inputStream().buffered(1 shl 16)).use { input ->
                while (input.available() > 0) yield(input.crossing())
            }
        }

        private fun DataInputStream.crossing(): Crossing {
            val (sender, body) = text() to text()
            val receivedAt = readLong().takeIf { it != Long.MIN_VALUE }
            val offset = readShort().toInt()
            val (slot, operator) = readShort().toInt() to text()
            val sim = if (slot < 0) null else Sim(slot, operator)
            val message = Message(sender, body, receivedAt, offset, sim, Known.entries[readByte().toInt()])
            return Crossing(message, Preset.entries.getOrNull(readByte().toInt()), text(), text(), text(), text())
        }

        private fun DataInputStream.text(): String {
            val bytes = ByteArray(readInt() * 2).also(::readFully)
            return String(CharArray(bytes.size / 2) { (bytes[2 * it].toInt() shl 8 or (bytes[2 * it + 1].toInt() and 255)).toChar() })
        }
    }
}
