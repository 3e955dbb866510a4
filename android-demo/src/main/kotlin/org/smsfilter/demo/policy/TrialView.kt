package org.smsfilter.demo.policy

import android.view.View
import android.view.ViewGroup
import android.widget.Button
import android.widget.ProgressBar
import android.widget.TextView
import org.smsfilter.Policy
import org.smsfilter.demo.R
import org.smsfilter.demo.view.Screen
import org.smsfilter.demo.view.fill
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.refusal
import org.smsfilter.demo.view.view
import org.smsfilter.demo.why.name

/** A trial while it runs, and what came of it: the layout `trial`. */
class TrialView(private val screen: Screen, private val root: View) {
    private val said = root.view<TextView>(R.id.trial_said)
    private val bar = root.view<ProgressBar>(R.id.trial_bar)
    private val button = root.view<Button>(R.id.trial_show)
    private val examples = root.view<ViewGroup>(R.id.trial_examples)

    var isOpen = false
        set(value) {
            field = value
            examples.isPresent = value
            button.setText(if (value) R.string.trial_hide else R.string.trial_show)
        }

    init {
        button.setOnClickListener { isOpen = !isOpen }
    }

    /**
     * Tries a policy in the background, until [stop] is asked.
     *
     * @param empty says that there is nothing to try it on; `null`: this does
     */
    fun run(stop: Stop, empty: (() -> Unit)? = null, policies: () -> Pair<Policy, Policy>) {
        said.isPresent = true
        said.setText(R.string.trial_running)
        bar.isPresent = true
        bar.isIndeterminate = true
        val work = {
            Trial.of(screen, policies(), stop) { done, total -> screen.runOnUiThread { if (!stop.isAsked) progress(done, total) } }
        }
        screen.work.trial(screen, work, { if (!stop.isAsked) failed(it) }) {
            if (stop.isAsked) return@trial
            show(it)
            if (it.preview.messages == 0 && empty != null) {
                said.isPresent = false
                empty()
            }
        }
    }

    private fun progress(done: Int, total: Int) {
        if (total == 0) return
        bar.isIndeterminate = false
        bar.max = total
        bar.progress = done
        said.text = screen.getString(R.string.trial_progress, done, total)
    }

    private fun failed(e: Exception) {
        bar.isPresent = false
        val why = screen.refusal(e)
        said.text = when {
            why != null -> screen.getString(R.string.trial_failed, why)
            e is SecurityException -> screen.getString(R.string.trial_denied)
            else -> screen.getString(R.string.trial_failed_plain)
        }
    }

    private fun show(trial: Trial) {
        bar.isPresent = false
        said.text = trial.say(screen).joinToString("\n")
        root.view<TextView>(R.id.trial_warning).apply {
            text = trial.warn(screen)
            isPresent = text.isNotEmpty()
        }
        button.isPresent = trial.examples.isNotEmpty()
        val all = trial.examples.toSortedMap(reverseOrder()).flatMap { (action, some) -> some.map { action to it } }
        examples.fill(R.layout.row_example, all) { (action, sms) ->
            view<TextView>(R.id.action).text = context.getString(R.string.trial_example, context.name(action), sms.address.ifEmpty { context.getString(R.string.no_sender) })
            view<TextView>(R.id.text).text = sms.body
        }
        isOpen = isOpen && trial.examples.isNotEmpty()
    }
}
