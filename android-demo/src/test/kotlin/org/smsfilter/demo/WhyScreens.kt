package org.smsfilter.demo

import android.app.Activity
import android.widget.EditText
import org.smsfilter.demo.why.TesterActivity
import org.smsfilter.demo.why.WhyActivity

/** Why a phishing message was moved. */
fun Handset.whyFraudScreen(): Activity {
    deliver(STRANGER, FRAUD)
    return open<WhyActivity>(WhyActivity.intent(app, app.phone.index.page().first().key.id))
}

/** Why a promotion waits for the digest. */
fun Handset.whyPromotionScreen(): Activity {
    deliver("106900001111", PROMOTION)
    return open<WhyActivity>(WhyActivity.intent(app, app.phone.index.page().first().key.id))
}

/** With one of its rules turned off, and the way back. */
fun Handset.whyRuleOffScreen(): Activity = whyFraudScreen().also {
    it.tap(it.getString(R.string.why_turn_off))
    settle()
}

fun Handset.whyGoneScreen(): Activity = open<WhyActivity>(WhyActivity.intent(app, 4711))

fun Handset.testerScreen(): Activity = open<TesterActivity>(TesterActivity.intent(app))

fun Handset.testerResultScreen(): Activity = open<TesterActivity>(TesterActivity.intent(app)).also {
    it.at<EditText>(R.id.text).setText("低息贷款，先交手续费500元当天放款，加微信 abc12345")
    it.at<EditText>(R.id.sender).setText(STRANGER)
    it.click(R.id.run)
    settle()
}
