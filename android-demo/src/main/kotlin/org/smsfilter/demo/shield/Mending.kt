package org.smsfilter.demo.shield

import android.Manifest.permission.POST_NOTIFICATIONS
import android.Manifest.permission.READ_CONTACTS
import android.Manifest.permission.READ_PHONE_STATE
import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.Intent
import android.net.Uri
import android.os.Build
import android.provider.Settings
import android.widget.Toast
import org.smsfilter.demo.R

/** Leads to where a finding is mended: an explanation of ours, a question of Android's, or its settings. */
class Mending(private val screen: Activity) {
    private val asked = screen.getSharedPreferences("asked", Activity.MODE_PRIVATE)

    fun start(mend: Mend): Unit = when (mend) {
        Mend.ROLE -> screen.startActivity(RoleActivity.intent(screen))
        Mend.CONTACTS -> ask(READ_CONTACTS)
        Mend.PHONE -> ask(READ_PHONE_STATE)
        Mend.NOTIFICATIONS -> if (Build.VERSION.SDK_INT >= 33) ask(POST_NOTIFICATIONS, ::notifications) else notifications()
        Mend.CHANNELS -> notifications()
        Mend.BATTERY -> open(Intent(Settings.ACTION_IGNORE_BATTERY_OPTIMIZATION_SETTINGS))
        Mend.RULES -> screen.startActivity(RulesActivity.intent(screen))
    }

    /** Android asks at most twice; after that only its settings help. */
    private fun ask(permission: String, otherwise: () -> Unit = ::details) {
        val isGranted = screen.checkSelfPermission(permission) == android.content.pm.PackageManager.PERMISSION_GRANTED
        val isFinal = asked.getBoolean(permission, false) && !screen.shouldShowRequestPermissionRationale(permission)
        if (isGranted || isFinal) return otherwise()
        asked.edit().putBoolean(permission, true).apply()
        screen.requestPermissions(arrayOf(permission), REQUEST)
    }

    private fun notifications() = open(Intent(Settings.ACTION_APP_NOTIFICATION_SETTINGS).putExtra(Settings.EXTRA_APP_PACKAGE, screen.packageName))

    private fun details() = open(Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, Uri.fromParts("package", screen.packageName, null)))

    private fun open(settings: Intent) {
        try {
            screen.startActivity(settings)
        } catch (e: ActivityNotFoundException) {
            Toast.makeText(screen, R.string.no_such_settings, Toast.LENGTH_LONG).show()
        }
    }

    private companion object {
        const val REQUEST = 33
    }
}
