package org.smsfilter.demo.policy

import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.view.View
import android.view.ViewGroup
import android.widget.Button
import android.widget.TextView
import android.widget.Toast
import org.smsfilter.Policy
import org.smsfilter.Preset
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.view.Screen
import org.smsfilter.demo.view.Tone
import org.smsfilter.demo.view.chip
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.refusal
import org.smsfilter.demo.view.view

/** The four presets, each tried on the messages of this phone before it is chosen. */
class PresetsActivity : Screen() {
    private class Card(val view: View, val trial: TrialView)

    private lateinit var cards: Map<Preset, Card>
    private var stop = Stop()

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        show(R.layout.presets, getString(R.string.presets_title))
        val list = view<ViewGroup>(R.id.cards)
        cards = Preset.entries.sortedBy { it != Preset.STANDARD }.associateWith { preset ->
            val card = layoutInflater.inflate(R.layout.card_preset, list, false)
            list.addView(card)
            card.view<TextView>(R.id.title).text = name(preset)
            card.view<TextView>(R.id.text).text = text(preset)
            card.view<Button>(R.id.choose).apply {
                text = getString(R.string.presets_choose, name(preset))
                if (preset == Preset.STANDARD) {
                    setBackgroundResource(R.drawable.action)
                    setTextColor(getColor(R.color.on_accent))
                }
                setOnClickListener { choose(preset) }
            }
            Card(card, TrialView(this, card)).also { it.trial.isOpen = state?.getBoolean(preset.name) ?: false }
        }
        view<Button>(R.id.done).setOnClickListener { finish() }
        isChosen(state?.getBoolean(CHOSEN) ?: false)
    }

    override fun onStart() {
        super.onStart()
        val asked = Stop().also { stop = it }
        current()
        for ((preset, card) in cards) card.trial.run(asked, { view<View>(R.id.none).isPresent = true }) { Policy.preset(Preset.OFF) to Policy.preset(preset) }
    }

    /** Whoever leaves does not wait for it. */
    override fun onStop() {
        super.onStop()
        stop.ask()
    }

    override fun onSaveInstanceState(state: Bundle) {
        super.onSaveInstanceState(state)
        for ((preset, card) in cards) state.putBoolean(preset.name, card.trial.isOpen)
        state.putBoolean(CHOSEN, view<View>(R.id.done).isPresent)
    }

    private fun isChosen(isChosen: Boolean) {
        view<View>(R.id.done).isPresent = isChosen
    }

    /** Marks the preset in use. */
    private fun current(): Unit = work.load(this, {
        val policy = app.phone.filter.policy()
        Preset.entries.find { Policy.preset(it) == policy }
    }, {}) { current ->
        view<View>(R.id.own).isPresent = current == null
        for ((preset, card) in cards) {
            val mark = when (preset) {
                current -> R.string.presets_current
                Preset.STANDARD -> R.string.presets_recommended
                else -> null
            }
            card.view.view<TextView>(R.id.chip).chip(mark?.let(::getString), if (preset == current) Tone.GOOD else Tone.CALM)
            card.view.view<View>(R.id.choose).isPresent = preset != current
        }
    }

    private fun choose(preset: Preset) {
        work.load(this, { app.phone.filter.run { policy().also { choosePolicy(preset) } } }, ::refused) { old ->
            current()
            isChosen(true)
            offerUndo(getString(R.string.presets_chosen, name(preset)), Bundle().apply { putString(OLD, PolicyJson.write(old)) })
        }
    }

    override fun undo(way: Bundle): Unit =
        work.load(this, { app.phone.filter.choosePolicy(PolicyJson.read(way.getString(OLD).orEmpty())) }, ::refused) {
            current()
            isChosen(false)
        }

    private fun refused(e: Exception) {
        Toast.makeText(this, refusal(e) ?: getString(R.string.why_refused_plain), Toast.LENGTH_LONG).show()
    }

    companion object {
        private const val CHOSEN = "chosen"
        private const val OLD = "old"

        fun intent(context: Context): Intent = Intent(context, PresetsActivity::class.java)
    }
}
