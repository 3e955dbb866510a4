package org.smsfilter

import java.time.DayOfWeek
import java.time.LocalDate
import java.time.LocalTime
import java.time.temporal.ChronoUnit.MINUTES
import org.smsfilter.internal.NativeDates
import org.smsfilter.internal.NativePolicy
import org.smsfilter.internal.NativePolicyException
import org.smsfilter.internal.NativeRetention
import org.smsfilter.internal.NativeRow
import org.smsfilter.internal.NativeWindow
import org.smsfilter.internal.describe
import org.smsfilter.internal.preset
import org.smsfilter.internal.withOverlay

/**
 * What happens to which messages: a value, to be copied where it is to say something else. Of a message decide, in this order, the
 * user's own rules, the [exceptions], the [rows]; a message that none of them names goes into the inbox. Below all of them is a
 * floor: one-time codes, public information, notices of banks, cards and payments, contacts and numbers that the user wrote to
 * are not moved unless an exception says so by [Exception.isOverFloor].
 *
 * Whether it can be is checked where it is used: [describe], [changes], [plus] and what takes a policy in [SmsFilter] throw an
 * [SmsFilterException] whose code is `policy.too-long`, `.score`, `.duplicate`, `.subcategory`, `.unconditional`, `.weekdays`,
 * `.window`, `.dates`, `.empty`, `.star`, `.too-many`, `.minute` or `.days`, and whose sentences name the place.
 *
 * @property name shown to the user
 * @property rows the matrix, in any order, at most 512; two never agree in all but the action. Of those that hold, one with a
 *   subcategory goes before one without, then the highest minimum score decides
 * @property exceptions the first that holds decides; at most 256
 * @property quietHours times at which nothing rings but what stands on the floor, and what an exception or a rule of the user's
 *   own puts into the inbox; at most 24
 * @property digestTimes when the digest is shown: whole minutes, ascending, at most 24; empty: at 20:00
 * @property retentionDays after how many days messages of a category are deleted that were moved to the spam box, 1 to 3650; of
 *   a category that is not named: never
 */
public data class Policy @JvmOverloads constructor(
    val name: String,
    val rows: List<Row> = emptyList(),
    val exceptions: List<Exception> = emptyList(),
    val quietHours: List<Window> = emptyList(),
    val digestTimes: List<LocalTime> = emptyList(),
    val retentionDays: Map<Category, Int> = emptyMap(),
) {
    init {
        require(digestTimes.all { it.isWhole }) { "a digest is shown on a whole minute; leave seconds out" }
    }

    /** What it says, a sentence each, ready to be shown. */
    public fun describe(): List<Text> = translated { describe(native(this), null).map(::text) }

    /** What it does otherwise than another policy, a sentence each; empty if nothing. */
    public fun changes(from: Policy): List<Text> = translated { describe(native(this), native(from)).map(::text) }

    /**
     * This policy with the rows of an [overlay][OfferedPolicy.isOverlay], where it has none for the same cell, score and days. It
     * never does less than before.
     *
     * @throws SmsFilterException `policy.overlay` if the other is no overlay: rows with dates alone
     */
    public operator fun plus(overlay: Policy): Policy = translated { policy(withOverlay(native(this), native(overlay))) }

    /**
     * A cell of the matrix: what happens to such a message from such a sender.
     *
     * @property minScore the lowest score for which it holds, 0 to 1000 permille
     * @property subcategory the only one that is meant, as [Verdict.subcategory] names it; `null`: all of the category
     * @property dates the receiver's days on which it holds; `null`: every day. A row with dates only adds: it decides where it
     *   does more than the row of every day
     */
    public data class Row @JvmOverloads constructor(
        val category: Category,
        val relation: Relation,
        val action: Action,
        val minScore: Int = 500,
        val subcategory: String? = null,
        val dates: Dates? = null,
    )

    /**
     * What goes before the matrix. It holds where all conditions hold that are given; at least one is.
     *
     * @property simSlot the slot of the SIM that received the message, 0 to 255
     * @property week any of these times; empty: any time
     * @property dates the receiver's days on which it holds
     * @property sender the whole number, with or without +86; `1069*`: numbers that begin so
     * @property signature the name in 【】, in simplified characters
     * @property rule a rule among the reasons, by its id, or as `publisher/id`
     * @property isOverFloor it may also move what stands on the floor
     */
    public data class Exception @JvmOverloads constructor(
        val action: Action,
        val simSlot: Int? = null,
        val week: List<Window> = emptyList(),
        val dates: Dates? = null,
        val sender: String? = null,
        val signature: String? = null,
        val rule: String? = null,
        val isOverFloor: Boolean = false,
    ) {
        init {
            require(simSlot == null || simSlot in 0..255) { "a SIM slot is 0 to 255, not $simSlot" }
        }

        /** Without sender and signature: a policy may end up in a log by accident. */
        override fun toString(): String = "Exception($action)"
    }

    /**
     * A stretch of the receiver's local time on some days of the week.
     *
     * @property from its first minute
     * @property to the first minute after it; midnight is the end of the day. Not later than [from]: it ends on the next day
     * @property days the days on which it begins
     */
    public data class Window @JvmOverloads constructor(
        val from: LocalTime,
        val to: LocalTime,
        val days: Set<DayOfWeek> = DayOfWeek.values().toSet(),
    ) {
        init {
            require(from.isWhole && to.isWhole) { "a window begins and ends on a whole minute, not $from to $to" }
        }
    }

    /** The receiver's local days from [from] to [until], both included. */
    public data class Dates(val from: LocalDate, val until: LocalDate) {
        init {
            require(from.isCounted && until.isCounted) { "a day lies within five million years, unlike $from or $until" }
        }
    }

    public companion object {
        /** What a preset says, to be shown, compared or changed. */
        @JvmStatic
        public fun preset(preset: Preset): Policy = translated { policy(preset(preset.wire)) }
    }
}

/** What the user has to do with a sender, as a policy sees it: every message has exactly one, the first that fits. */
public enum class Relation {
    /** In the address book. */
    CONTACT,

    /** The user wrote to this number. */
    REPLIED,

    /** Carrier, emergency, government, 95xxx or 96xxx, or a number that the rules know. */
    KNOWN_SERVICE,

    /** Any other 106 port, short code or name in letters. */
    UNKNOWN_SERVICE,

    /** Outside China. */
    FOREIGN,

    /** The rest, no sender included. */
    UNKNOWN_MOBILE,
}

/**
 * A policy that came with the installed rules, signed by their publisher.
 *
 * @property id names it among those of its publisher, such as `double-eleven`
 * @property title what the user reads
 * @property isOverlay it is to be added to a policy ([Policy.plus]), and is none of its own
 */
public data class OfferedPolicy(
    val publisher: String,
    val id: String,
    val title: Text,
    val isOverlay: Boolean,
    val policy: Policy,
)

private val LocalTime.isWhole get() = this == truncatedTo(MINUTES)

private val LocalDate.isCounted get() = toEpochDay() in Int.MIN_VALUE..Int.MAX_VALUE

internal fun native(policy: Policy) = NativePolicy(
    wellFormed(policy.name),
    policy.rows.map(::native),
    policy.exceptions.map(::native),
    policy.quietHours.map(::native),
    policy.digestTimes.map { minute(it).toUShort() },
    policy.retentionDays.map { (category, days) -> NativeRetention(category.wire, days) },
)

private fun native(row: Policy.Row) = NativeRow(
    row.category.wire,
    row.subcategory?.let(::wellFormed),
    wireName(row.relation),
    row.minScore,
    native(row.dates),
    wireName(row.action),
)

private fun native(exception: Policy.Exception) = NativePolicyException(
    exception.simSlot?.toUByte(),
    exception.week.map(::native),
    native(exception.dates),
    exception.sender?.let(::wellFormed),
    exception.signature?.let(::wellFormed),
    exception.rule?.let(::wellFormed),
    wireName(exception.action),
    exception.isOverFloor,
)

private fun native(dates: Policy.Dates?) = dates?.let { NativeDates(it.from.toEpochDay().toInt(), it.until.toEpochDay().toInt()) }

private fun native(window: Policy.Window) = NativeWindow(
    window.days.fold(0) { days, day -> days or (1 shl day.ordinal) }.toUByte(),
    minute(window.from).toUShort(),
    (if (window.to == LocalTime.MIDNIGHT) 1440 else minute(window.to)).toUShort(),
)

private fun minute(time: LocalTime): Int = time.toSecondOfDay() / 60

internal fun policy(native: NativePolicy) = Policy(
    native.name,
    native.rows.map(::row),
    native.exceptions.map(::exception),
    native.quiet.map(::window),
    native.digest.map(::time),
    native.retention.associate { constant<Category>(it.category) to it.days },
)

private fun row(native: NativeRow) = Policy.Row(
    constant(native.category),
    constant(native.relation),
    constant(native.action),
    native.minScore,
    native.subcategory,
    dates(native.dates),
)

private fun exception(native: NativePolicyException) = Policy.Exception(
    constant(native.action),
    native.simSlot?.toInt(),
    native.week.map(::window),
    dates(native.dates),
    native.sender,
    native.signature,
    native.rule,
    native.overFloor,
)

private fun dates(native: NativeDates?) =
    native?.let { Policy.Dates(LocalDate.ofEpochDay(it.from.toLong()), LocalDate.ofEpochDay(it.until.toLong())) }

private fun window(native: NativeWindow) = Policy.Window(
    time(native.from),
    time(native.to),
    DayOfWeek.values().filterTo(LinkedHashSet()) { native.days.toInt() shr it.ordinal and 1 == 1 },
)

private fun time(minute: UShort): LocalTime = LocalTime.ofSecondOfDay(minute.toInt() % 1440 * 60L)
