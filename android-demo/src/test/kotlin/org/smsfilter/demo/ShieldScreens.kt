package org.smsfilter.demo

import android.app.Activity
import org.smsfilter.demo.shield.DiagnosticsActivity
import org.smsfilter.demo.shield.EffectActivity
import org.smsfilter.demo.shield.FirstRun
import org.smsfilter.demo.shield.PrivacyActivity
import org.smsfilter.demo.shield.RoleActivity
import org.smsfilter.demo.shield.RulesActivity

/** The third tab. */
fun Handset.shieldScreen(isDefault: Boolean = true): MainActivity {
    default(isDefault)
    deliver(STRANGER, FRAUD)
    return open<MainActivity>(MainActivity.intent(app, MainActivity.Tab.SHIELD))
}

fun Handset.shieldNeedsScreen(): Activity = shieldScreen(isDefault = false)

fun Handset.rulesScreen(): Activity {
    app.phone.filter.install(bundle("mini.smsb"))
    return open<RulesActivity>()
}

fun Handset.rulesRemoveScreen(): Activity = rulesScreen().also { it.tap(it.getString(R.string.remove_layer)) }

/** A week with something on most days. */
fun Handset.effectScreen(): Activity {
    val end = now
    for ((day, moved) in listOf(2, 0, 1, 3, 1, 0, 2).withIndex()) {
        now = end - (6 - day) * 24 * 60 * MINUTE
        repeat(moved) { deliver("1390013900$it", FRAUD + day) }
        if (moved > 2) app.phone.index.restore(latest(), now)
        deliver("13700137000", "第${day}天的问候")
        if (day == 3) app.phone.index.miss(latest(), now)
    }
    now = end
    return open<EffectActivity>()
}

fun Handset.diagnosticsScreen(): Activity = open<DiagnosticsActivity>().also {
    it.click(R.id.test)
    settle()
}

fun Handset.diagnosticsWipeScreen(): Activity = open<DiagnosticsActivity>().also { it.click(R.id.wipe) }

fun Handset.privacyScreen(): Activity {
    FirstRun(app).agreedAt = null
    return open<PrivacyActivity>()
}

fun Handset.privacyWithdrawScreen(): Activity = open<PrivacyActivity>().also { it.click(R.id.decline) }

fun Handset.roleScreen(): Activity = open<RoleActivity>()

fun Handset.roleNeededScreen(): Activity {
    default(false)
    return roleScreen()
}
