package org.smsfilter.demo.report

import android.content.Context
import org.smsfilter.Message
import org.smsfilter.ReportDraft
import org.smsfilter.SmsFilterException
import org.smsfilter.demo.Phone
import org.smsfilter.demo.R

/** Which channels take a report, and what is known of each. Their forms and numbers are the library's. */
object Channels {
    const val MOBILE = "china-mobile"
    const val UNICOM = "china-unicom"
    const val CENTRE_SMS = "12321-sms"
    const val SHARE = "12321-share"
    const val ABROAD = "gsma-7726"

    /** In place of a text that says nothing: what is proposed for it is the channel of the SIM's own operator. */
    private const val PLAIN = "."

    /**
     * A draft for each channel that takes this message, the proposed one first.
     *
     * @throws SmsFilterException as [org.smsfilter.Ledgers.draftReport], if there is none at all
     */
    fun drafts(phone: Phone, message: Message, overrideCode: Boolean): List<ReportDraft> {
        val proposed = phone.ledgers.draftReport(message, null, overrideCode)
        val own = try {
            phone.filter.draftReport(Message(message.sender.ifEmpty { PLAIN }, PLAIN, sim = message.sim), true).channelId
        } catch (e: SmsFilterException) {
            SHARE
        }
        val isKnown = !message.sim?.operator.isNullOrEmpty()
        val others = when {
            own == ABROAD -> listOf(ABROAD, SHARE)
            isKnown -> listOf(own, SHARE, CENTRE_SMS)
            else -> listOf(SHARE, MOBILE, UNICOM, CENTRE_SMS)
        }
        return listOf(proposed) + others.distinct().minus(proposed.channelId).mapNotNull { draft(phone, message, it, overrideCode) }
    }

    private fun draft(phone: Phone, message: Message, channel: String, overrideCode: Boolean): ReportDraft? = try {
        phone.ledgers.draftReport(message, channel, overrideCode)
    } catch (e: SmsFilterException) {
        null
    }

    fun name(context: Context, channel: String): String = context.getString(
        when (channel) {
            MOBILE -> R.string.channel_name_mobile
            UNICOM -> R.string.channel_name_unicom
            CENTRE_SMS -> R.string.channel_name_centre_sms
            SHARE -> R.string.channel_name_share
            ABROAD -> R.string.channel_name_abroad
            else -> R.string.channel_name_other
        },
    )

    /** What is known of a channel, as carefully as the sources say it. */
    fun note(context: Context, channel: String): String? = when (channel) {
        MOBILE -> R.string.channel_note_mobile
        UNICOM -> R.string.channel_note_unicom
        CENTRE_SMS -> R.string.channel_note_centre_sms
        SHARE -> R.string.channel_note_share
        ABROAD -> R.string.channel_note_abroad
        else -> null
    }?.let(context::getString)

    /** @param parts how many SMS */
    fun cost(context: Context, channel: String, parts: Int): String = when (channel) {
        SHARE -> context.getString(R.string.cost_none)
        MOBILE -> context.getString(R.string.cost_free)
        else -> context.resources.getQuantityString(R.plurals.cost_tariff, parts, parts)
    }
}
