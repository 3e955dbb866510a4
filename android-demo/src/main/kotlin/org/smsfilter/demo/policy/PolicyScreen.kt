package org.smsfilter.demo.policy

import android.content.Intent
import android.os.Bundle
import android.widget.Toast
import org.smsfilter.Policy
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.view.Screen
import org.smsfilter.demo.view.refusal

/** A screen on which the policy is changed: each change is shown before it is saved, and can be undone after. */
abstract class PolicyScreen : Screen() {
    /** Shows what is in force now. */
    protected abstract fun refresh()

    override fun onResume() {
        super.onResume()
        refresh()
    }

    /** Changes what is in force now, for the user to look at. */
    protected fun change(change: Policy.() -> Policy): Unit = work.load(this, { app.phone.filter.policy().change() }, ::refused, ::propose)

    /** Shows what a policy would change, for the user to save. */
    protected fun propose(new: Policy) {
        @Suppress("DEPRECATION") // there is no other without AndroidX
        startActivityForResult(ChangeActivity.intent(this, new.copy(name = getString(R.string.policy_own_name))), CHANGE)
    }

    @Deprecated("Deprecated in Java")
    override fun onActivityResult(request: Int, result: Int, data: Intent?) {
        val old = if (request == CHANGE && result == RESULT_OK) ChangeActivity.old(data) else null
        if (old != null) saved(old, data)
    }

    /** A change was saved. */
    protected open fun saved(old: Policy, data: Intent?): Unit =
        offerUndo(getString(R.string.policy_saved), Bundle().apply { putString(OLD, PolicyJson.write(old)) })

    override fun undo(way: Bundle): Unit =
        work.load(this, { app.phone.filter.choosePolicy(PolicyJson.read(way.getString(OLD).orEmpty())) }, ::refused) { refresh() }

    protected fun refused(e: Exception) {
        Toast.makeText(this, refusal(e) ?: getString(R.string.why_refused_plain), Toast.LENGTH_LONG).show()
    }

    protected companion object {
        /** The request of a change that was shown and saved. */
        const val CHANGE = 1
        private const val OLD = "old"
    }
}
