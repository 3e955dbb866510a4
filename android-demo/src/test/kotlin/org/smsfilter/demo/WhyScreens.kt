package org.smsfilter.demo

import android.app.Activity
import org.smsfilter.demo.why.TesterActivity
import org.smsfilter.demo.why.WhyActivity

/** Why a phishing message was moved. */
fun Handset.whyFraudScreen(): Activity {
    deliver(STRANGER, FRAUD)
    return open<WhyActivity>(WhyActivity.intent(app, app.phone.index.page().maxOf { it.key.id }))
}

/** Why a promotion waits for the digest. */
fun Handset.whyPromotionScreen(): Activity {
    deliver(PORT, ADVERT)
    return open<WhyActivity>(WhyActivity.intent(app, app.phone.index.page().maxOf { it.key.id }))
}

/** With one of its rules turned off, and the way back. */
fun Handset.whyRuleOffScreen(): Activity = whyFraudScreen().also {
    it.tap(it.getString(R.string.why_turn_off))
    settle()
}

/** Before a suspected fraud's sender is allowed for good. */
fun Handset.whyAllowScreen(): Activity = whyFraudScreen().also { it.click(R.id.allow_sender) }

fun Handset.whyGoneScreen(): Activity = open<WhyActivity>(WhyActivity.intent(app, 4711))

fun Handset.testerScreen(): Activity = open<TesterActivity>(TesterActivity.intent(app))

fun Handset.testerResultScreen(): Activity = open<TesterActivity>(TesterActivity.intent(app)).also {
    it.type(R.id.text, LOAN)
    it.type(R.id.sender, STRANGER)
    it.click(R.id.run)
    settle()
}
