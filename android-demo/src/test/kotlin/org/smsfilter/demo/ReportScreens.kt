package org.smsfilter.demo

import android.app.Activity
import android.telephony.SmsManager
import org.smsfilter.demo.report.LedgerActivity
import org.smsfilter.demo.report.ReportActivity
import org.smsfilter.demo.report.UnsubscribeActivity

/** A report before it is sent. */
fun Handset.reportScreen(text: String = ADVERT, sender: String = PORT): Activity {
    twoSims()
    deliver(sender, text)
    return open<ReportActivity>(ReportActivity.intent(app, latest()))
}

fun Handset.reportSentScreen(): Activity = reportScreen().also {
    it.tap(it.getString(R.string.send_report))
    settle()
    reportSent()
}

fun Handset.unsubscribeScreen(text: String = ADVERT, sender: String = PORT): Activity {
    twoSims()
    deliver(sender, text)
    return open<UnsubscribeActivity>(UnsubscribeActivity.intent(app, latest()))
}

/** One report that was sent, one that failed. */
fun Handset.ledgerScreen(): Activity {
    reportSentScreen()
    val other = reportScreen("【试验小贷】低息贷款，额度20万，加微信领取，回T退订", "106900002222")
    other.tap(app.getString(R.string.send_report))
    settle()
    reportSent(SmsManager.RESULT_ERROR_NO_SERVICE)
    return open<LedgerActivity>()
}

fun Handset.ledgerEmptyScreen(): Activity = open<LedgerActivity>()

/** A shop that kept its word, and one that did not. */
fun Handset.promisesScreen(): Activity {
    unsubscribeScreen().tap(app.getString(R.string.send_opt_out))
    settle()
    reportSent()
    now += 4 * 24 * 60 * MINUTE
    deliver(PORT, "【试验商城】年终盛典全场三折，点击选购，退订回TD")
    return open<LedgerActivity>(LedgerActivity.promises(app))
}

fun Handset.promisesMenuScreen(): Activity = promisesScreen().also { it.tapRow(R.id.list, 0) }
