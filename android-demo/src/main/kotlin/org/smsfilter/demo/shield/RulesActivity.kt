package org.smsfilter.demo.shield

import android.app.Dialog
import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.view.View
import android.widget.LinearLayout
import android.widget.TextView
import java.util.concurrent.TimeUnit
import org.smsfilter.Health
import org.smsfilter.Layer
import org.smsfilter.SmsFilterException
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.now
import org.smsfilter.demo.view.Screen
import org.smsfilter.demo.view.Tone
import org.smsfilter.demo.view.asking
import org.smsfilter.demo.view.chip
import org.smsfilter.demo.view.day
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.longTime
import org.smsfilter.demo.view.question
import org.smsfilter.demo.view.view
import org.smsfilter.demo.view.words

/** The installed rules: whose, how old, how sound. */
class RulesActivity : Screen() {
    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        show(R.layout.rules, getString(R.string.rules))
        view<View>(R.id.install).setOnClickListener { choose() }
        view<View>(R.id.rebuild).setOnClickListener { change(R.string.rebuilding, null) { app.phone.filter.rebuild() } }
    }

    override fun onResume() {
        super.onResume()
        load()
    }

    private fun load() = work.load(this, { app.phone.filter.run { layers() to health(now) } }, { say(getString(R.string.failed), Tone.DANGER) }) { (layers, health) ->
        bind(layers, health)
    }

    private fun bind(layers: List<Layer>, health: List<Health>) {
        view<TextView>(R.id.health_mark).chip(getString(if (health.isEmpty()) R.string.finding_good else R.string.finding_hint), if (health.isEmpty()) Tone.GOOD else Tone.WARN)
        view<TextView>(R.id.health).text = if (health.isEmpty()) getString(R.string.check_rules_good) else health.joinToString("\n") { words(it.text) }
        view<View>(R.id.rebuild).isPresent = health.any { it.code in REBUILT }
        view<View>(R.id.own_only).isPresent = layers.isEmpty()
        view<TextView>(R.id.development).isPresent = layers.isNotEmpty()
        val list = view<LinearLayout>(R.id.layers)
        list.removeAllViews()
        for (layer in layers) {
            val card = layoutInflater.inflate(R.layout.layer, list, false)
            card.view<TextView>(R.id.name).text = words(layer.title)
            card.view<TextView>(R.id.chip).chip(getString(R.string.development_mark), Tone.WARN)
            card.view<TextView>(R.id.text).text = facts(layer)
            card.view<View>(R.id.remove).setOnClickListener { remove(layer) }
            card.view<View>(R.id.remove).contentDescription = getString(R.string.remove_layer_named, words(layer.title))
            list.addView(card)
        }
    }

    private fun facts(layer: Layer): String {
        val issued = TimeUnit.SECONDS.toMillis(layer.issuedAt)
        val until = TimeUnit.SECONDS.toMillis(layer.notAfter)
        val age = (day(now).toEpochDay() - day(issued).toEpochDay()).coerceAtLeast(0).toInt()
        return listOf(
            getString(R.string.layer_publisher, layer.publisher, layer.layer),
            getString(R.string.layer_version, layer.seq),
            getString(R.string.layer_issued, longTime(issued), resources.getQuantityString(R.plurals.days_ago, age, age)),
            getString(if (until < now) R.string.layer_over else R.string.layer_until, longTime(until)),
            getString(R.string.layer_signers, layer.signers.joinToString(getString(R.string.list_separator)) { it.take(ID) }),
        ).joinToString("\n")
    }

    private fun choose() {
        val open = Intent(Intent.ACTION_OPEN_DOCUMENT).addCategory(Intent.CATEGORY_OPENABLE).setType("*/*")
        try {
            startActivityForResult(open, OPEN)
        } catch (e: ActivityNotFoundException) {
            say(getString(R.string.no_files), Tone.WARN)
        }
    }

    @Deprecated("the framework's own; AndroidX is not used")
    override fun onActivityResult(request: Int, result: Int, data: Intent?) {
        val file = data?.data
        if (request == OPEN && result == RESULT_OK && file != null) install(file)
    }

    private fun install(file: Uri) = change(R.string.installing, R.string.installed) {
        words(app.phone.filter.install(BundleFile.read(contentResolver, file)).title)
    }

    private fun remove(layer: Layer): Unit = ask(asking(REMOVE) {
        putString(PUBLISHER, layer.publisher)
        putString(LAYER, layer.layer)
        putString(TITLE, words(layer.title))
    })

    override fun question(what: Bundle): Dialog {
        val title = what.getString(TITLE).orEmpty()
        return question(getString(R.string.remove_layer), getString(R.string.remove_layer_text, title), getString(R.string.remove_layer)) {
            change(R.string.removing, R.string.removed) {
                app.phone.filter.remove(what.getString(PUBLISHER).orEmpty(), what.getString(LAYER).orEmpty())
                title
            }
        }
    }

    /** Changes the rules, which takes a second or so, and says how that went. A refusal changes nothing. */
    private fun change(doing: Int, done: Int?, act: () -> Any) {
        view<View>(R.id.install).isEnabled = false
        say(getString(doing), Tone.INFO)
        work.load(this, act, { e ->
            view<View>(R.id.install).isEnabled = true
            say(getString(R.string.unchanged, reason(e)), Tone.DANGER)
            load()
        }) { what ->
            view<View>(R.id.install).isEnabled = true
            say(done?.let { getString(it, what) } ?: getString(R.string.rebuilt), Tone.GOOD)
            load()
        }
    }

    private fun reason(e: Exception): String = when (e) {
        is SmsFilterException -> words(e)
        is BundleFile.TooLarge -> getString(R.string.file_too_large, BundleFile.MOST shr 20)
        is java.io.IOException -> getString(R.string.file_unreadable)
        else -> getString(R.string.failed)
    }

    private fun say(text: String, tone: Tone) = view<TextView>(R.id.answer).chip(text, tone)

    companion object {
        private const val OPEN = 1
        private const val REMOVE = "remove"
        private const val PUBLISHER = "publisher"
        private const val LAYER = "layer"
        private const val TITLE = "title"
        private const val ID = 12
        private val REBUILT = setOf("rebuild-needed", "damaged", "state-damaged", "own-rules")

        fun intent(context: Context): Intent = Intent(context, RulesActivity::class.java)
    }
}
