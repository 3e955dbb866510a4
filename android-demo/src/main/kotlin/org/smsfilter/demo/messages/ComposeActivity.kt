package org.smsfilter.demo.messages

import android.content.Context
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.telephony.SubscriptionManager
import android.text.Editable
import android.text.TextWatcher
import android.view.View
import android.widget.EditText
import android.widget.ListView
import android.widget.TextView
import android.widget.Toast
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.view.Rows
import org.smsfilter.demo.view.Screen
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.showLack
import org.smsfilter.demo.view.view

/** A new message; other applications come here with SENDTO and SEND. Nothing is sent before the user taps it. */
class ComposeActivity : Screen() {
    private val rows = Rows<Person>(R.layout.row_person, { it.hashCode().toLong() }) { bind(it) }
    private val drafts by lazy { Drafts(this) }
    private lateinit var bar: ComposeBar
    private val to get() = view<EditText>(R.id.to)

    /** Whether it began empty: what is left of it is kept for the next time. */
    private val isOwn get() = request.run { to.isEmpty() && text.isEmpty() }
    private val request by lazy { Request.of(intent) }

    override val after: Intent get() = intent(this, request.to, request.text)

    /** What another application, or a screen of this one, asks to be sent. It is input: text, and cut where no SMS is so long. */
    private class Request(val to: String, val text: String) {
        companion object {
            private val SCHEMES = setOf("sms", "smsto", "mms", "mmsto")
            private const val MOST_TO = 200
            private const val MOST_TEXT = 5_000

            fun of(intent: Intent): Request {
                val uri = intent.data?.takeIf { it.scheme?.lowercase() in SCHEMES }
                val (to, query) = uri?.schemeSpecificPart.orEmpty().let { it.substringBefore('?') to it.substringAfter('?', "") }
                val body = query.split('&').firstOrNull { it.startsWith("body=") }?.removePrefix("body=")
                val text = intent.text("sms_body") ?: intent.text(Intent.EXTRA_TEXT) ?: body
                return Request(to.trim().take(MOST_TO), text.orEmpty().take(MOST_TEXT))
            }

            private fun Intent.text(name: String): String? = try {
                getCharSequenceExtra(name)?.toString()
            } catch (e: RuntimeException) {
                // Another application packed something that cannot be unpacked here.
                null
            }
        }
    }

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        show(R.layout.compose, getString(R.string.compose))
        bar = ComposeBar(view(R.id.compose_bar), ::send)
        val list = view<ListView>(R.id.list)
        list.adapter = rows
        list.setOnItemClickListener { _, _, position, _ -> take(rows.items[position]) }
        to.addTextChangedListener(object : TextWatcher {
            override fun beforeTextChanged(text: CharSequence?, start: Int, count: Int, after: Int) = Unit

            override fun onTextChanged(text: CharSequence?, start: Int, before: Int, count: Int) = Unit

            override fun afterTextChanged(text: Editable) = suggest(text.trim().toString())
        })
        if (state != null) return bar.restore(state)
        to.setText(request.to)
        bar.text = request.text
        if (isOwn) work.load(this, { drafts[Drafts.NEW] }) { if (bar.text.isEmpty()) bar.text = it }
        (if (request.to.isEmpty()) to else view<View>(R.id.words)).requestFocus()
    }

    override fun onResume() {
        super.onResume()
        view<View>(R.id.banner).showLack()
        work.load(this, { app.phone.sims.all() }) { bar.offer(it, SubscriptionManager.getDefaultSmsSubscriptionId()) }
    }

    override fun onPause() {
        super.onPause()
        if (isOwn && !bar.isBusy) drafts[Drafts.NEW] = bar.text
    }

    override fun onSaveInstanceState(state: Bundle) {
        super.onSaveInstanceState(state)
        bar.save(state)
    }

    private fun suggest(name: String) {
        view<View>(R.id.to_error).isPresent = false
        if (name.isEmpty()) return run { rows.items = emptyList() }
        work.load(this, { app.phone.people.find(name) }) { found ->
            if (to.text.trim().toString() == name) rows.items = found.filter { it.number != name }
        }
    }

    private fun take(person: Person) {
        to.setText(person.number)
        rows.items = emptyList()
        view<View>(R.id.words).requestFocus()
    }

    private fun send(text: String, sim: Int) {
        val address = Outbox.address(to.text.toString())
        view<TextView>(R.id.to_error).isPresent = address == null
        view<TextView>(R.id.to_error).setText(R.string.to_wrong)
        if (address == null) return to.requestFocus().let { }
        bar.isBusy = true
        work.load(this, {
            if (isOwn) drafts[Drafts.NEW] = text
            val id = app.phone.outbox.send(address, text, sim)
            if (isOwn) drafts[Drafts.NEW] = ""
            app.phone.mailbox.get(listOf(id))[id]?.thread
        }, failed = {
            bar.isBusy = false
            Toast.makeText(this, R.string.send_kept, Toast.LENGTH_LONG).show()
            view<View>(R.id.banner).showLack()
        }) { thread ->
            if (thread != null) startActivity(ThreadActivity.intent(this, thread))
            finish()
        }
    }

    private fun View.bind(person: Person) {
        view<TextView>(R.id.name).text = person.name
        view<TextView>(R.id.number).text = person.number
    }

    companion object {
        fun intent(context: Context, to: String = "", text: String = ""): Intent =
            Intent(Intent.ACTION_SENDTO, Uri.fromParts("smsto", to, null), context, ComposeActivity::class.java).putExtra("sms_body", text)
    }
}
