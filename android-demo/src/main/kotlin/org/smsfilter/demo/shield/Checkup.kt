package org.smsfilter.demo.shield

import android.Manifest.permission.POST_NOTIFICATIONS
import android.Manifest.permission.READ_CONTACTS
import android.Manifest.permission.READ_PHONE_STATE
import android.app.NotificationManager
import android.content.Context
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.os.Build
import android.os.PowerManager
import org.smsfilter.Message
import org.smsfilter.SmsFilterException
import org.smsfilter.demo.R
import org.smsfilter.demo.Since
import org.smsfilter.demo.app
import org.smsfilter.demo.notices.Channel
import org.smsfilter.demo.now
import org.smsfilter.demo.view.Tone
import org.smsfilter.demo.view.words

/** What mends a finding. */
enum class Mend(val label: Int) {
    ROLE(R.string.mend_role),
    CONTACTS(R.string.mend_permission),
    PHONE(R.string.mend_permission),
    NOTIFICATIONS(R.string.mend_notifications),
    CHANNELS(R.string.mend_channels),
    BATTERY(R.string.mend_battery),
    RULES(R.string.mend_rules),
}

/**
 * One thing that was looked at.
 *
 * @property isGood nothing needs to be done
 * @property isUrgent messages are lost or unfiltered without it
 */
class Finding(val title: String, val text: String, val isGood: Boolean, val isUrgent: Boolean, val mend: Mend?) {
    val tone: Tone get() = if (isGood) Tone.GOOD else if (isUrgent) Tone.DANGER else Tone.WARN
    val mark: Int get() = if (isGood) R.string.finding_good else if (isUrgent) R.string.finding_urgent else R.string.finding_hint
}

/** Whether the phone lets the filter work. Waits for the disk. */
class Checkup(private val context: Context) {
    /** All that was looked at, the most important first. */
    fun all(): List<Finding> = listOf(role(), rules(), selfTest(), notifications(), channels()) +
        permission(READ_CONTACTS, R.string.check_contacts, R.string.check_contacts_good, R.string.check_contacts_bad, Mend.CONTACTS) +
        permission(READ_PHONE_STATE, R.string.check_phone, R.string.check_phone_good, R.string.check_phone_bad, Mend.PHONE) + battery()

    /** What the user should do first; `null`: everything works. */
    fun first(): Finding? = listOf(::role, ::rules, ::selfTest, ::notifications, ::channels).firstNotNullOfOrNull { look -> look().takeUnless { it.isGood } }

    private fun finding(title: Int, isGood: Boolean, good: Int, bad: Int, mend: Mend?, isUrgent: Boolean = false) =
        Finding(context.getString(title), context.getString(if (isGood) good else bad), isGood, isUrgent, mend.takeUnless { isGood })

    private fun role() = finding(R.string.check_role, Role.isHeld(context), R.string.check_role_good, R.string.check_role_bad, Mend.ROLE, true)

    private fun rules(): Finding {
        val health = context.app.phone.filter.health(context.now)
        val text = if (health.isEmpty()) context.getString(R.string.check_rules_good) else health.joinToString("\n") { context.words(it.text) }
        return Finding(context.getString(R.string.check_rules), text, health.isEmpty(), health.any { it.code == "no-rules" }, Mend.RULES.takeIf { health.isNotEmpty() })
    }

    /** A fraud that everybody knows, and a message that anybody might write. */
    private fun selfTest(): Finding {
        val works = try {
            SelfTest.run(context).all { it.isRight }
        } catch (e: SmsFilterException) {
            false
        }
        return finding(R.string.check_self, works, R.string.check_self_good, R.string.check_self_bad, Mend.RULES, true)
    }

    private fun manager() = checkNotNull(context.getSystemService(NotificationManager::class.java))

    private fun notifications() = finding(
        R.string.check_notifications, manager().areNotificationsEnabled() && (Build.VERSION.SDK_INT < 33 || mayNotify()),
        R.string.check_notifications_good, R.string.check_notifications_bad, Mend.NOTIFICATIONS, true,
    )

    @Since(33)
    private fun mayNotify() = context.checkSelfPermission(POST_NOTIFICATIONS) == PERMISSION_GRANTED

    /** Channels of messages that the user wants to hear of. */
    private fun channels(): Finding {
        val loud = setOf(Channel.PERSONAL.id, Channel.CODE.id, Channel.SERVICE.id)
        val blocked = manager().notificationChannels.filter { it.id in loud && it.importance == NotificationManager.IMPORTANCE_NONE }
        val text = if (blocked.isEmpty()) context.getString(R.string.check_channels_good)
        else context.getString(R.string.check_channels_bad, blocked.joinToString(context.getString(R.string.list_separator)) { it.name })
        return Finding(context.getString(R.string.check_channels), text, blocked.isEmpty(), false, Mend.CHANNELS.takeIf { blocked.isNotEmpty() })
    }

    private fun permission(name: String, title: Int, good: Int, bad: Int, mend: Mend) =
        finding(title, context.checkSelfPermission(name) == PERMISSION_GRANTED, good, bad, mend)

    /** Never a fault: Android wakes the default application for an SMS all the same. */
    private fun battery(): Finding {
        val isFree = context.getSystemService(PowerManager::class.java)?.isIgnoringBatteryOptimizations(context.packageName) == true
        val text = context.getString(if (isFree) R.string.check_battery_good else R.string.check_battery_bad)
        return Finding(context.getString(R.string.check_battery), text, true, false, Mend.BATTERY.takeUnless { isFree })
    }
}

/** Two messages whose answers are known, judged by the rules in use. */
object SelfTest {
    /** @property isRight the filter said what it has to */
    class Answer(val text: String, val category: String, val isRight: Boolean)

    fun run(context: Context): List<Answer> {
        val filter = context.app.phone.filter
        return listOf(R.string.sample_fraud to true, R.string.sample_harmless to false).map { (text, isFraud) ->
            val body = context.getString(text)
            val category = filter.classify(Message(SENDER, body)).category
            Answer(body, category.title, category.isBlocked == isFraud)
        }
    }

    /** Nobody's number. */
    private const val SENDER = "13800138000"
}
