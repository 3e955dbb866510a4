package org.smsfilter.demo

import android.app.Activity
import android.app.role.RoleManager
import android.os.Build
import java.io.ByteArrayInputStream
import java.io.File
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowRoleManager
import org.robolectric.shadows.ShadowTelephony
import org.smsfilter.demo.shield.DiagnosticsActivity
import org.smsfilter.demo.shield.EffectActivity
import org.smsfilter.demo.shield.FirstRun
import org.smsfilter.demo.shield.PrivacyActivity
import org.smsfilter.demo.shield.Role
import org.smsfilter.demo.shield.RoleActivity
import org.smsfilter.demo.shield.RulesActivity

/** The user made this the default application, or another. */
fun Handset.default(isDefault: Boolean = true) {
    ShadowTelephony.ShadowSms.setDefaultSmsPackage(if (isDefault) app.packageName else "com.example.sms")
    if (Build.VERSION.SDK_INT < 29) return
    val roles: ShadowRoleManager = shadowOf(app.getSystemService(RoleManager::class.java))
    if (isDefault) roles.addHeldRole(RoleManager.ROLE_SMS) else if (Role.isHeld(app)) roles.removeHeldRole(RoleManager.ROLE_SMS)
}

/** A bundle that the core's tests wrote: `mini.smsb`, a base of its own, or `city.smsb`, an addition to it. */
fun bundle(name: String): ByteArray = File(System.getProperty("smsfilter.target"), name).readBytes()

/** A document that the user chose. */
fun Handset.document(bytes: ByteArray): android.net.Uri {
    val uri = android.net.Uri.parse("content://documents/${bytes.size}")
    shadowOf(app.contentResolver).registerInputStreamSupplier(uri) { ByteArrayInputStream(bytes) }
    return uri
}

/** The third tab. */
fun Handset.shieldScreen(): MainActivity {
    deliver("13900139000", FRAUD)
    return open<MainActivity>(MainActivity.intent(app, MainActivity.Tab.SHIELD))
}

fun Handset.rulesScreen(): Activity {
    app.phone.filter.install(bundle("mini.smsb"))
    return open<RulesActivity>()
}

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
    it.tap(app.getString(R.string.test_run))
    settle()
}

fun Handset.privacyScreen(): Activity {
    FirstRun(app).agreedAt = null
    return open<PrivacyActivity>()
}

fun Handset.roleScreen(): Activity = open<RoleActivity>()
