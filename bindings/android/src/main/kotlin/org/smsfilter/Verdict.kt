package org.smsfilter

import org.smsfilter.internal.ReceivePath

/** What a message is, mildest first. */
public enum class Category {
    /** No rule and no model reached a threshold. */
    UNKNOWN,

    /** Somebody writing to the user. */
    PERSONAL,

    /** A notice about something the user has or did: bank, parcel, order. */
    SERVICE,

    /** Government, emergency and public information. */
    PUBLIC,

    /** A whole one-time-code message. */
    CODE,

    /** Lawful advertising. */
    PROMOTION,

    /** Sells what may not be sold. */
    ILLEGAL,

    /** Wants money or contact under a false story. */
    FRAUD,

    /** Wants a link opened or credentials entered in somebody's name. */
    PHISHING,
    ;

    /** The name in rules and reports, such as `phishing`. */
    public val wire: String get() = wireName(this)

    /** What a Chinese user reads. */
    public val title: String get() = ReceivePath.title(ordinal).orEmpty()

    /** Promotion or worse. */
    public val isSpam: Boolean get() = this >= PROMOTION

    /** Illegal, fraud or phishing. */
    public val isBlocked: Boolean get() = this >= ILLEGAL
}

/** Things worth telling that are no category. */
public enum class Flag {
    /** A promotion without a way to refuse. */
    NO_OPT_OUT,

    /** A promotion, or a message from a port, without a signature. */
    NO_SIGNATURE,

    /** A promotion from a number that may only send service or public messages. */
    ADVERT_IN_SERVICE_PORT,

    /** A signature and a sender that do not belong together. */
    SPOOF_SUSPECTED,
}

/** What happens to a message, mildest first. */
public enum class Action {
    /** As if there were no filter. */
    INBOX,

    /** Inbox, with a label. */
    MARK,

    /** Inbox, without sound. */
    SILENT,

    /** Held for the daily digest. */
    DIGEST,

    /** Moved to the spam box. */
    QUARANTINE,
}

/** The receive policies that are always there. */
public enum class Preset {
    /** Everything into the inbox. */
    OFF,

    /** Everything into the inbox, spam with a label. */
    MARK,

    /** What most people want. */
    STANDARD,

    /** Promotions out of sight as well. */
    STRICT,
    ;

    internal val wire: String get() = wireName(this)
}

/**
 * What a message is and how sure that is.
 *
 * @property subcategory the name within the category, such as `bank`; `other` if none fits
 * @property score probability of the category in permille
 * @property points the points behind it
 */
public data class Verdict(
    val category: Category,
    val subcategory: String,
    val score: Int,
    val points: Int,
    val flags: Set<Flag>,
)

/**
 * One piece of evidence.
 *
 * @property rule the rule's id, or `@bias`, or `@model`
 * @property publisher who published the rule
 * @property points what it added
 * @property spans where in the body, in UTF-16 units: what `substring` and text spans take
 */
public data class Reason(val rule: String, val publisher: String, val points: Int, val spans: List<Span>)

/** The half-open range of UTF-16 units from [start] to [end]. */
public data class Span(val start: Int, val end: Int)

/**
 * What happens to a message.
 *
 * @property row which row of the policy decided
 * @property isQuiet it comes during quiet hours: show it without a sound
 * @property keepDays days after which it is deleted from where it was moved to; `null`: never
 */
public data class Decision @JvmOverloads constructor(
    val action: Action,
    val row: String,
    val isQuiet: Boolean = false,
    val keepDays: Int? = null,
)

/** A verdict and what a policy makes of it. */
public data class Judgement(val verdict: Verdict, val decision: Decision)

/**
 * The short answer of [SmsFilter.receive].
 *
 * @property score probability of the category in permille
 * @property points the points behind it
 * @property failure why the message was let through unread, if it was: then [action] is [Action.INBOX]
 * @property row which row of the policy decided
 * @property isQuiet it comes during quiet hours: show it without a sound
 * @property keepDays days after which it is deleted from where it was moved to; `null`: never
 */
@ConsistentCopyVisibility
public data class Received internal constructor(
    val category: Category,
    internal val number: Int,
    val score: Int,
    val points: Int,
    val flags: Set<Flag>,
    val action: Action,
    val failure: Failure?,
    val row: String = "default",
    val isQuiet: Boolean = false,
    val keepDays: Int? = null,
) {
    /** What a Chinese user reads, such as 钓鱼 · 银行. */
    val title: String get() = ReceivePath.title(category.ordinal or (number shl 8)).orEmpty()

    /** The name within the category, such as `bank`; `other` if none fits. */
    val subcategory: String get() = ReceivePath.title(category.ordinal or (number shl 8) or (1 shl 16)) ?: "other"
}

/** Why a message was let through unread. */
public enum class Failure {
    /** The filter is closed. */
    CLOSED,

    /** The filter was asked in a way it does not understand. */
    ARGUMENT,

    /** The filter broke: please report it. */
    PANIC,

    /** There are no rules: [SmsFilter.health] says why. */
    NO_RULES,

    /** There was no memory for the answer. */
    MEMORY,

    /** The index could not be read or written: is the disk full? Only a [Receiver] says so. */
    INDEX,
}

/** The wire name of a constant: lower case, hyphens. */
internal fun wireName(constant: Enum<*>): String = constant.name.lowercase().replace('_', '-')
