package org.smsfilter.demo.shield

import android.content.Context
import android.content.Intent
import org.smsfilter.demo.policy.PresetsActivity

/** How far the user is with the beginning: privacy notice, default application, presets. All but the first can wait. */
class FirstRun(private val context: Context) {
    private val kept = context.getSharedPreferences("first_run", Context.MODE_PRIVATE)

    /** When the user agreed to the privacy notice, milliseconds since 1970 UTC. Before that, no message is judged. */
    var agreedAt: Long?
        get() = kept.getLong(AGREED, NEVER).takeIf { it != NEVER }
        set(value) {
            kept.edit().putLong(AGREED, value ?: NEVER).commit()
        }

    val isAgreed: Boolean get() = agreedAt != null

    /** The next step, which counts as seen once it is handed out; `null`: the user is through. */
    fun next(): Intent? = when {
        !isAgreed -> PrivacyActivity.intent(context)
        !Role.isHeld(context) && isFirst(ROLE) -> RoleActivity.intent(context)
        isFirst(PRESETS) -> PresetsActivity.intent(context)
        else -> null
    }

    /** As if all was seen and agreed to. */
    fun finish(now: Long) {
        agreedAt = now
        isFirst(ROLE)
        isFirst(PRESETS)
    }

    private fun isFirst(step: String): Boolean = !kept.getBoolean(step, false).also { kept.edit().putBoolean(step, true).apply() }

    private companion object {
        const val AGREED = "agreed_at"
        const val ROLE = "role_seen"
        const val PRESETS = "presets_seen"
        const val NEVER = Long.MIN_VALUE
    }
}
