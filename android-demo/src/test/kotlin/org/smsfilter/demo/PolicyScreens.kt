package org.smsfilter.demo

import android.app.Activity
import android.view.ViewGroup
import java.time.LocalTime
import org.smsfilter.Action
import org.smsfilter.Category
import org.smsfilter.OwnRule
import org.smsfilter.Policy
import org.smsfilter.Preset
import org.smsfilter.Relation
import org.smsfilter.demo.policy.CategoryActivity
import org.smsfilter.demo.policy.ChangeActivity
import org.smsfilter.demo.policy.ExceptionActivity
import org.smsfilter.demo.policy.OwnRuleActivity
import org.smsfilter.demo.policy.PolicyActivity
import org.smsfilter.demo.policy.PresetsActivity
import org.smsfilter.demo.policy.with

/** A few messages of a week. */
fun Handset.deliverSome() {
    deliver("13800138000", MOTHER)
    deliver("106900003333", CODE)
    deliver("95588", "【工商银行】您尾号1234的卡于11月21日08:05消费35.00元，余额1200.10元。")
    deliver(STRANGER, FRAUD)
    deliver("13700137000", LOAN)
    deliver(PORT, ADVERT)
    deliver("106900002222", "【试验旅行】端午特惠，三亚双飞四日1999元起，回T退订")
}

fun Handset.presetsScreen(): Activity {
    deliverSome()
    return open<PresetsActivity>(PresetsActivity.intent(app))
}

fun Handset.presetsEmptyScreen(): Activity = open<PresetsActivity>(PresetsActivity.intent(app))

/** With quiet hours, exceptions and a festival. */
fun Handset.policyScreen(): Activity {
    val filter = app.phone.filter
    val own = Policy.preset(Preset.STANDARD).copy(
        name = "我的设置",
        exceptions = listOf(Policy.Exception(Action.INBOX, signature = "试验商城"), Policy.Exception(Action.QUARANTINE, sender = "00*")),
        quietHours = listOf(Policy.Window(LocalTime.of(23, 0), LocalTime.of(7, 0))),
        digestTimes = listOf(LocalTime.of(12, 30), LocalTime.of(20, 0)),
    )
    filter.choosePolicy(own + filter.offered().first { it.isOverlay }.policy)
    return open<PolicyActivity>(PolicyActivity.intent(app))
}

fun Handset.policyRetentionScreen(): Activity = policyScreen().also { it.at<ViewGroup>(R.id.retention).getChildAt(0).performClick() }

fun Handset.policyDaysScreen(): Activity = policyScreen().also {
    it.click(R.id.quiet_add)
    setTime(23, 0)
    setTime(7, 0)
}

fun Handset.categoryScreen(): Activity = open<CategoryActivity>(CategoryActivity.intent(app, Category.PROMOTION))

fun Handset.categoryActionScreen(): Activity = categoryScreen().also { it.at<ViewGroup>(R.id.cells).getChildAt(0).performClick() }

fun Handset.changeScreen(): Activity {
    deliverSome()
    val new = Policy.preset(Preset.STANDARD).with(Category.PROMOTION, Relation.UNKNOWN_SERVICE, Action.QUARANTINE)
    return open<ChangeActivity>(ChangeActivity.intent(app, new))
}

fun Handset.exceptionScreen(): Activity {
    app.phone.filter.choosePolicy(
        Policy.preset(Preset.STANDARD).copy(exceptions = listOf(Policy.Exception(Action.QUARANTINE, 1, sender = "1069*", week = listOf(Policy.Window(LocalTime.of(22, 0), LocalTime.of(8, 0)))))),
    )
    return open<ExceptionActivity>(ExceptionActivity.intent(app, 0))
}

fun Handset.ownRuleScreen(): Activity {
    deliverSome()
    app.phone.filter.setRules(listOf(OwnRule("own-1", listOf("爬山", "帐篷"), Action.INBOX)))
    return open<OwnRuleActivity>(OwnRuleActivity.intent(app, "全场五折，满200减100")).also { pause() }
}
