package org.smsfilter.demo.shield

import android.app.role.RoleManager
import android.content.Context
import android.content.Intent
import android.os.Build
import android.provider.Telephony
import org.smsfilter.demo.Since

/** The role of the default application for SMS: who has it receives and stores all messages. */
object Role {
    fun isHeld(context: Context): Boolean = if (Build.VERSION.SDK_INT >= 29) isRoleHeld(context) else isDefault(context)

    /** Android's own question to the user; `null` where this device has no SMS. */
    fun ask(context: Context): Intent? = if (Build.VERSION.SDK_INT >= 29) askRole(context) else askDefault(context)

    @Since(29)
    private fun isRoleHeld(context: Context) =
        context.getSystemService(RoleManager::class.java)?.isRoleHeld(RoleManager.ROLE_SMS) == true || isDefault(context)

    @Since(29)
    private fun askRole(context: Context): Intent? =
        context.getSystemService(RoleManager::class.java)?.createRequestRoleIntent(RoleManager.ROLE_SMS)

    private fun isDefault(context: Context) = Telephony.Sms.getDefaultSmsPackage(context) == context.packageName

    private fun askDefault(context: Context) =
        Intent(Telephony.Sms.Intents.ACTION_CHANGE_DEFAULT).putExtra(Telephony.Sms.Intents.EXTRA_PACKAGE_NAME, context.packageName)
}
