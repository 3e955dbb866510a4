package org.smsfilter.demo

import android.app.Activity
import android.app.Application
import android.app.PendingIntent
import android.telephony.SmsManager
import android.telephony.SubscriptionManager
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowSmsManager
import org.robolectric.shadows.ShadowSubscriptionManager.SubscriptionInfoBuilder
import org.smsfilter.demo.report.LedgerActivity
import org.smsfilter.demo.report.ReportActivity
import org.smsfilter.demo.report.UnsubscribeActivity

/** An advert of a shop that does not exist, with a way to refuse. */
const val ADVERT = "【试验商城】会员日全场五折，满200减100，退订回TD"
const val PORT = "106900001111"
const val CODE = "【试验银行】验证码482913，5分钟内有效，请勿告诉他人。"

/** The phone has these SIM cards, from the first slot on, by MNC of China: their subscription ids are 1, 2. */
fun Handset.sims(vararg mnc: String) {
    val cards = mnc.mapIndexed { slot, operator ->
        SubscriptionInfoBuilder.newBuilder().setId(slot + 1).setSimSlotIndex(slot).setDisplayName(if (operator == "01") "联通" else "移动")
            .setMcc("460").setMnc(operator).buildSubscriptionInfo()
    }
    shadowOf(app.getSystemService(SubscriptionManager::class.java)).setActiveSubscriptionInfoList(cards)
}

/** The row id of the latest message. */
fun Handset.latest(): Long = sms.db.rawQuery("SELECT max(_id) FROM sms WHERE type = 1", null).use { it.moveToFirst(); it.getLong(0) }

/** What Android was asked to send from a SIM, last. */
fun sent(subscription: Int = 1): ShadowSmsManager.TextMultipartParams? {
    @Suppress("DEPRECATION")
    return shadowOf(SmsManager.getSmsManagerForSubscriptionId(subscription)).lastSentMultipartTextMessageParams
}

fun forgetSent(subscription: Int = 1) {
    @Suppress("DEPRECATION")
    shadowOf(SmsManager.getSmsManagerForSubscriptionId(subscription)).clearLastSentMultipartTextMessageParams()
}

/** The network says how sending went, one answer a part. */
fun Handset.answer(parts: List<PendingIntent>, vararg results: Int) {
    parts.zip(results.asList()).forEach { (part, result) -> part.send(result) }
    settle()
}

fun Handset.mayNot(permission: String) = shadowOf(app as Application).denyPermissions(permission)

/** A report before it is sent. */
fun Handset.reportScreen(text: String = ADVERT, sender: String = PORT): Activity {
    sims("00", "01")
    deliver(sender, text)
    return open<ReportActivity>(ReportActivity.intent(app, latest()))
}

fun Handset.unsubscribeScreen(text: String = ADVERT, sender: String = PORT): Activity {
    sims("00", "01")
    deliver(sender, text)
    return open<UnsubscribeActivity>(UnsubscribeActivity.intent(app, latest()))
}

/** One report that was sent, one that failed. */
fun Handset.ledgerScreen(): Activity {
    reportScreen().tap(app.getString(R.string.send_report))
    settle()
    answer(sent()!!.sentIntents, Activity.RESULT_OK)
    val other = reportScreen("【试验小贷】低息贷款，额度20万，加微信领取，回T退订", "106900002222")
    other.tap(app.getString(R.string.send_report))
    settle()
    answer(sent()!!.sentIntents, SmsManager.RESULT_ERROR_NO_SERVICE)
    return open<LedgerActivity>()
}

/** A shop that kept its word, and one that did not. */
fun Handset.promisesScreen(): Activity {
    unsubscribeScreen().tap(app.getString(R.string.send_opt_out))
    settle()
    answer(handedOver(1)!!.sentIntents, Activity.RESULT_OK)
    now += 4 * 24 * 60 * MINUTE
    deliver(PORT, "【试验商城】年终盛典全场三折，点击选购，退订回TD")
    return open<LedgerActivity>(LedgerActivity.promises(app))
}

/** A view that has to be there. */
fun <T : android.view.View> Activity.the(id: Int): T = checkNotNull(findViewById<T>(id)) { "the screen lacks a view" }
