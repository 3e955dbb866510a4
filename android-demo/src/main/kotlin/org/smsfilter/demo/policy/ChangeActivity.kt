package org.smsfilter.demo.policy

import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.view.View
import android.widget.Button
import android.widget.TextView
import org.json.JSONException
import org.smsfilter.Policy
import org.smsfilter.Text
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.view.Screen
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.refusal
import org.smsfilter.demo.view.words

/** A change of the policy before it is saved: what it says, and what it would have done. */
class ChangeActivity : Screen() {
    private var stop = Stop()
    private val new: Policy? by lazy {
        try {
            intent.getStringExtra(POLICY)?.let(PolicyJson::read)
        } catch (_: JSONException) {
            null
        } catch (_: IllegalArgumentException) {
            null
        }
    }

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        show(R.layout.change, getString(R.string.change_title))
        view<Button>(R.id.save).setOnClickListener { save() }
        view<Button>(R.id.leave).setOnClickListener { finish() }
    }

    override fun onStart() {
        super.onStart()
        val asked = Stop().also { stop = it }
        val new = new ?: return refused(getString(R.string.change_unreadable))
        work.load(this, { app.phone.filter.policy().let { new.changes(it) } }, ::refused) { changes ->
            say(changes)
            TrialView(this, view(R.id.trial)).run(asked) { app.phone.filter.policy() to new }
        }
    }

    override fun onStop() {
        super.onStop()
        stop.ask()
    }

    private fun say(changes: List<Text>) {
        view<TextView>(R.id.says).text = changes.map(::words).ifEmpty { listOf(getString(R.string.change_nothing)) }.joinToString("\n")
    }

    private fun save() {
        val new = new ?: return
        val filter = app.phone.filter
        work.load(this, { filter.policy().also { filter.choosePolicy(new) } }, ::refused) { old ->
            setResult(RESULT_OK, Intent().putExtra(POLICY, PolicyJson.write(old)))
            finish()
        }
    }

    private fun refused(e: Exception): Unit = refused(refusal(e) ?: getString(R.string.why_refused_plain))

    private fun refused(why: String) {
        view<TextView>(R.id.says).text = why
        view<TextView>(R.id.says).setTextColor(getColor(R.color.danger))
        view<View>(R.id.trial_card).isPresent = false
        view<View>(R.id.save).isPresent = false
    }

    companion object {
        private const val POLICY = "policy"

        fun intent(context: Context, new: Policy): Intent = Intent(context, ChangeActivity::class.java).putExtra(POLICY, PolicyJson.write(new))

        /** The policy before it, as the result of this screen has it. */
        fun old(result: Intent?): Policy? = result?.getStringExtra(POLICY)?.let(PolicyJson::read)
    }
}
